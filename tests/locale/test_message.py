"""What goes wrong is told in the language of whoever reads it."""

from __future__ import annotations

import pytest

from evaluation.errors import DatasetError, QuestionSetError
from qa.cli import main
from qa.errors import QuestionError
from qa.locale.message import Message, Percent
from qa.locale.translator import ENGLISH, translator
from qa.settings import interface_language

FRENCH = translator("fr")


def test_an_error_is_english_until_a_language_is_known() -> None:
    error = QuestionError("k is {most}; ask for at least 1 passage", most=0)
    assert str(error) == error.said(ENGLISH) == "k is 0; ask for at least 1 passage"
    assert error.said(FRENCH) == "k est 0\u00a0; demandez au moins 1 passage"


def test_values_are_said_in_the_same_language() -> None:
    where = Message("{name}, line {line}", name="a.csv", line=3)
    error = QuestionError("{where}: {half} is half of a character; give both", where=where, half=1)
    assert str(error).startswith("a.csv, line 3: 1 is half")
    assert error.said(FRENCH).startswith("a.csv, ligne 3\u00a0: 1 est la moitié")
    assert Message("at least {low:g}", low=Percent(0.5).share).said(FRENCH) == "au moins 0.5"
    assert (str(Percent(0.5)), Percent(0.5).said(FRENCH)) == ("50%", "50\u00a0%")


def test_braces_in_values_and_plain_messages_are_text() -> None:
    assert str(DatasetError("{path}: {error}", path="{x}", error="{0}")) == "{x}: {0}"
    assert DatasetError("as it is {").said(FRENCH) == "as it is {"


def test_every_problem_of_a_set_is_a_line() -> None:
    problems = [DatasetError("{place}: 'id' is empty", place=n) for n in range(25)]
    error = QuestionSetError(problems)
    assert str(error).splitlines() == [*map(str, problems[:20]), "and 5 more"]
    assert error.lines(FRENCH)[-1] == "et 5 autres"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LC_MESSAGES": "en_GB", "LC_ALL": "fr"}, "fr"),
        ({"LC_ALL": "fr_FR", "QA_LANGUAGE": "en"}, "en"),
        ({"LC_ALL": "", "LANG": "fr@euro"}, "fr"),
        ({"LC_ALL": "C.UTF-8"}, "c"),
    ],
)
def test_the_environment_names_the_language(variables: dict[str, str], language: str) -> None:
    assert interface_language(variables) == language


def test_the_command_line_speaks_the_language_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert main(["ask", "a", "--batch", "b"]) == 2
    assert capsys.readouterr().err == ("qa: donnez une question ou --batch FICHIER, pas les deux\n")
