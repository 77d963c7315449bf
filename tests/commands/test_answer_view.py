"""What a person at a terminal sees of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.commands.answer_view import print_answer
from qa.models import (
    Answer,
    Citation,
    Disagreement,
    DocumentInfo,
    Hit,
    Objective,
    Passage,
    TermMatch,
)

TEXT = "A monoclonal antibody blocks [bold]its target[/bold]."


def hit(rank: int = 1, highlights: tuple[tuple[int, int], ...] = ()) -> Hit:
    return Hit(
        rank=rank,
        score=7.312,
        confidence=0.934,
        passage=Passage(
            document_id="d.wiki",
            start=5,
            end=5 + len(TEXT),
            text=TEXT,
            language="en",
            heading=("Antibodies", "How they act"),
            page=3,
        ),
        document=DocumentInfo(
            id="d.wiki",
            title="Antibodies",
            path="d.wiki",
            language="en",
            sha256="",
            objective=Objective(code="OIC-202-03-B"),
        ),
        terms=(
            TermMatch(
                question_term="anticorps", matched="antibodi", via="glossary", contribution=2.14
            ),
            TermMatch(question_term="a b", matched="", via="proximity", contribution=1.0),
        ),
        highlights=highlights,
    )


def answer(*sources: Hit, reason: str | None = None, carried: tuple[str, ...] = ()) -> Answer:
    extract = Citation(text=TEXT, source=1, start=5, end=5 + len(TEXT))
    return Answer(
        question="?",
        question_language="en",
        confidence=0.9,
        extracts=() if reason else (extract,),
        sources=sources,
        abstained_because=reason,
        index_fingerprint="",
        carried=carried,
    )


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def test_extracts_come_with_the_numbers_of_their_sources(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_answer(answer(hit(highlights=((0, len(TEXT)),)), carried=("graft",)))
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        f"{TEXT} [1]",
        "with words of the conversation: graft",
        "",
        "Sources",
        "[1] Antibodies › How they act",
        "    English · OIC-202-03-B · rank B · page 3 · score 7.31 · confidence 93%",
        f"    d.wiki:5-{5 + len(TEXT)}",
        "    found by anticorps → antibodi (translation, 2.1), a b (words near each other, 1.0)",
    ]


def test_sources_that_disagree_are_set_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    texts = "It takes\n3 days.", "It takes 5 days."
    one = Disagreement(sources=(1, 2), texts=texts, about="figures")
    print_answer(replace(answer(hit(), hit(2)), disagreements=(one,)))
    said = "The sources disagree. [1]: “It takes 3 days.” [2]: “It takes 5 days.”"
    assert said in capsys.readouterr().out.splitlines()


def test_an_abstention_gives_its_reason_and_the_nearest_passages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_answer(answer(hit(), reason="No document says."))
    out = capsys.readouterr().out
    assert out.startswith("No document says.\n\nNearest passages\n[1] Antibodies")
    assert TEXT in out


def test_without_sources_only_the_reason_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(answer(reason="No document says."))
    assert capsys.readouterr().out == "No document says.\n"
