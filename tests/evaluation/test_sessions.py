"""Answers are timed as sessions of the pages wait for them."""

from __future__ import annotations

import pytest

from evaluation.sessions import measure_sessions

pytestmark = pytest.mark.xdist_group("sessions")


def test_every_session_is_answered_beside_the_smallest_chat() -> None:
    questions = ["What is graft-versus-host disease?", "How are CAR-T cells made?"]
    found = measure_sessions(questions, at_once=2, open_at_once=10, rounds=1)
    said = [(one.what, one.sessions, one.asking, one.answers) for one in found]
    assert said == [
        ("minimal chat", 1, 1, 2),
        ("pages", 1, 1, 2),
        ("pages", 2, 2, 2),
        ("pages", 10, 1, 1),
    ]
    assert all(0 < one.p50_ms <= one.p95_ms for one in found)
