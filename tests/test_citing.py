"""Answers as text to take away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.citing import literal, markdown_answer, markdown_conversation, plain_answer, reference
from qa.locale.translator import ENGLISH, translator
from qa.models import Answer, Citation, DocumentInfo, Hit, Passage

INFO = DocumentInfo(
    id="a", title="Vaccines", path="fr/a.pdf", language="en", sha256="0", url="https://a.org/a_b"
)
PASSAGE = Passage(
    document_id="a",
    start=0,
    end=30,
    text="- BCG: *live*\n- yellow fever.",
    language="en",
    heading=("Live ones", "Which"),
    page=3,
)
HIT = Hit(rank=2, score=1.0, confidence=0.9, passage=PASSAGE, document=INFO)
ANSWER = Answer(
    question="Which vaccines\nare live?",
    question_language="en",
    confidence=0.9,
    extracts=(Citation(text=PASSAGE.text, source=2, start=0, end=30),),
    sources=(HIT,),
    abstained_because=None,
    index_fingerprint="x",
)


def test_a_reference_says_title_section_page_and_address() -> None:
    said = "Vaccines. Live ones › Which. Page 3. https://a.org/a_b"
    assert reference(HIT, ENGLISH) == said
    slides = replace(HIT, document=replace(INFO, format="pptx", url=""))
    said = "Vaccines. Live ones › Which. Diapositive 3. fr/a.pdf"
    assert reference(slides, translator("fr")) == said


def test_a_plain_answer_is_word_for_word_with_its_sources() -> None:
    parts = plain_answer(ANSWER, ENGLISH, "http://here?q=x").split("\n\n")
    assert parts == [f"{PASSAGE.text} [2]", f"[2] {reference(HIT, ENGLISH)}", "http://here?q=x"]


def test_markdown_shows_the_same_words() -> None:
    written = markdown_answer(ANSWER, ENGLISH)
    assert written.startswith("> \\- BCG: \\*live\\*\n> \\- yellow fever. [2]\n\n")
    assert "https://a.org/a\\_b" in written


@pytest.mark.parametrize("text", ["plain, (text) - of 3.5 mg.", "a | b"])
def test_what_is_no_mark_stays_as_it_is(text: str) -> None:
    assert literal(text) == text


def test_a_conversation_has_a_heading_a_question_and_says_what_has_no_answer() -> None:
    none = replace(ANSWER, extracts=(), abstained_because="No document says `x`.")
    written = markdown_conversation([ANSWER, none], ENGLISH)
    assert written.count("\n## Which vaccines are live?\n") == 2
    assert written.endswith("No answer in the documents\n\nNo document says \\`x\\`.\n")
