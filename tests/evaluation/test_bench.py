"""The bench: seeded material, and every engine that is installed is timed."""

from __future__ import annotations

from evaluation.bench import engines, make_material, measure, ratios
from qa.settings import Settings


def test_material_is_the_same_every_time() -> None:
    assert make_material(20, 5) == make_material(20, 5)
    material = make_material(50, 5)
    assert len(set(material.passages)) == 50
    assert all(3 <= len(question.split()) <= 7 for question in material.questions)


def test_every_engine_is_timed_on_the_same_questions() -> None:
    compared = engines(Settings(), peers=True)
    timings = list(measure(compared, make_material(30, 4)))
    assert [t.engine for t in timings] == [peer.name for peer in compared]
    assert timings[0].engine == "qa rank"
    for timing in timings:
        found = timing.as_json()
        assert found["passages"] == 30
        assert found["queries_per_second"] > 0
    assert [one["engine"] for one in ratios(timings)] == [t.engine for t in timings[1:]]


def test_peers_are_only_timed_when_asked_for() -> None:
    assert [peer.name for peer in engines(Settings(), peers=False)] == ["qa rank", "qa ask"]
