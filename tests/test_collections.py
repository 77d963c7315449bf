"""Collections: several indexes side by side, each by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.cli import main
from qa.collections import collection_index, collections_in
from qa.errors import CollectionError


@pytest.fixture
def courses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two courses of one document each, in the folder that the settings name."""
    folder = tmp_path / "courses"
    monkeypatch.setenv("QA_COLLECTIONS_DIR", str(folder))
    for name, text in (
        ("Cardiology", "The heart of an adult beats sixty times a minute.\n"),
        ("Néphrologie", "Le rein filtre cent quatre-vingts litres par jour.\n"),
    ):
        source = tmp_path / f"{name}.txt"
        source.write_text(text, encoding="utf-8")
        assert main(["index", str(source), "--collection", name]) == 0
    return folder


def test_each_course_answers_by_its_name(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert collections_in(courses) == ("Cardiology", "Néphrologie")
    capsys.readouterr()
    for name, words in (("Cardiology", "sixty times"), ("Néphrologie", "cent quatre-vingts")):
        assert main(["documents", "show", f"{name}.txt", "--collection", name]) == 0
        assert words in capsys.readouterr().out
        assert main(["documents", "verify", "--collection", name]) == 0
    assert main(["ask", "How often does the heart beat?", "--collection", "Cardiology"]) == 0
    said = capsys.readouterr().out
    assert "sixty times a minute" in said
    assert "Cardiology · first indexed on " in said


def test_an_unknown_course_is_refused_with_those_that_there_are(
    courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["ask", "heart"], ["coverage"], ["documents", "list"], ["serve"]):
        assert main([*command, "--collection", "Physics"]) == 2
        said = capsys.readouterr().err
        assert "'Physics'" in said
        assert "Cardiology, Néphrologie" in said


def test_an_index_and_a_course_are_not_given_both(
    courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "heart", "--collection", "Cardiology", "--index", str(courses)]) == 2
    assert "not both" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "..", "a/b", "\\x", ".x", "a\nb", " a", "x" * 81, "a-files"])
def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(CollectionError):
        collection_index(tmp_path, name)
