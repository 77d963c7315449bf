"""Who may do what: by claim, list, password, or where the server listens."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.testing.v1 import AppTest

import qa
from qa.passwords import hashed
from qa.settings import AccessSettings, Role
from qa.ui import roles, sign_in_page
from qa.ui.roles import SignedIn, SignInError, role_of

APP = Path(qa.__file__).parent.parent / "app.py"
WORDS = "correct horse"
KEPT = hashed(WORDS)
LISTS = AccessSettings(instructors="Ann@x.org, ben@x.org", evaluators="['cid@x.org']")


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, "student"),
        ({"roles": "instructor"}, "instructor"),
        ({"roles": ["x", "instructor", "evaluator"]}, "evaluator"),
        ({"roles": None, "email": "ann@X.org"}, "instructor"),
        ({"roles": ["instructor"], "email": "cid@x.org"}, "evaluator"),
        ({"email": "cid@x.org", "email_verified": False}, "student"),
        ({"roles": "instructors", "email": ""}, "student"),
    ],
)
def test_a_claim_or_a_list_gives_the_role(claims: dict[str, object], role: Role) -> None:
    assert role_of(claims, LISTS) == role


def test_the_password_signs_in_one_browser_until_it_signs_out() -> None:
    signed = SignedIn()
    signed.enter("ann", WORDS, KEPT)
    assert ("ann" in signed, "ben" in signed) == (True, False)
    signed.leave("ann")
    assert "ann" not in signed


def test_after_ten_wrong_passwords_the_right_one_must_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "matches", lambda given, kept: given == kept)
    signed = SignedIn()
    for _ in range(10):
        with pytest.raises(SignInError, match="not the password"):
            signed.enter("ann", "wrong", "right")
    with pytest.raises(SignInError, match="minute"):
        signed.enter("ann", "right", "right")
    monkeypatch.setattr(roles, "_MINUTE", 0.0)
    signed.enter("ann", "right", "right")
    assert "ann" in signed


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("localhost", "evaluator"),
        ("127.0.0.1", "evaluator"),
        ("::1", "evaluator"),
        ("0.0.0.0", "student"),  # noqa: S104
        (None, "student"),
    ],
)
def test_without_any_sign_in_only_this_machine_may_do_all(
    address: str | None, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "listens_at", lambda: address)
    assert roles.role() == role


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the pages that the latest run listed; it shows that to sign in."""
    found: list[str] = []

    def navigation(pages: list[StreamlitPage], **options: object) -> SimpleNamespace:
        found[:] = [page.title for page in pages]
        return SimpleNamespace(run=sign_in_page.show)

    monkeypatch.setattr(st, "navigation", navigation)
    return found


def test_what_a_student_may_not_see_is_not_listed_until_signing_in(
    served: Path, listed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_INSTRUCTOR_PASSWORD", KEPT)
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert listed == ["Questions", "Documents", "Réviser", "À propos", "Se connecter"]
    for typed, shown in (("wrong", 5), (WORDS, 7)):
        app.text_input[0].set_value(typed)
        app.button[0].click().run()
        assert not app.exception
        assert len(listed) == shown
    everything = ["Questions", "Documents", "Réviser", "Couverture", "Évaluation", "À propos"]
    assert listed == [*everything, "Se déconnecter"]
    app.button[0].click().run()
    assert len(listed) == 5


def test_with_nothing_set_there_is_nothing_to_sign_in_to(served: Path, listed: list[str]) -> None:
    AppTest.from_file(str(APP), default_timeout=60).run()
    assert listed == ["Questions", "Documents", "Réviser", "Couverture", "Évaluation", "À propos"]
