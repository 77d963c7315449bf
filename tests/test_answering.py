"""Hits to an answer: which units are cited, and that every citation is verbatim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answering import choose_extracts
from qa.models import Citation, DocumentInfo, Hit, Passage, Unit
from qa.retrieval.evidence import UnitEvidence
from qa.settings import Settings

OFFSET = 100
"""Where each passage begins in its document."""
Line = tuple[str, Sequence[float]]
"""A unit as it stands in the text, its marker included, and how it matches each question word."""
MARKERS = "-*•1. "


def hit_of(units: Sequence[Line], rank: int = 1) -> tuple[Hit, UnitEvidence]:
    """A hit whose units stand on lines of their own, and how they match."""
    text, found = "", []
    header: int | None = None
    for number, (line, _) in enumerate(units):
        bare = line.lstrip(MARKERS)
        start = len(text) + len(line) - len(bare)
        row = " | " in bare
        found.append(
            Unit(
                start=start,
                end=start + len(bare),
                kind="row" if row else "item" if bare != line else "sentence",
                leads=bare.rstrip().endswith(":"),
                header=header if row else None,
            )
        )
        header = (number if header is None else header) if row else None
        text += f"{line}\n"
    text = text.removesuffix("\n")
    passage = Passage(
        document_id=f"d{rank}",
        start=OFFSET,
        end=OFFSET + len(text),
        text=text,
        language="en",
        units=tuple(found),
    )
    document = DocumentInfo(id=f"d{rank}", title="", path="", language="en", sha256="")
    hit = Hit(rank=rank, score=1.0, confidence=1.0, passage=passage, document=document)
    width = max(len(match) for _, match in units)
    matches = np.array([[*match, *[0] * (width - len(match))] for _, match in units], np.float64)
    return hit, UnitEvidence(
        matches=matches,
        unit_begins=np.array([0, len(matches)]),
        masses=np.ones(matches.shape[1]),
        above=np.zeros(1),
    )


def together(evidence: Sequence[UnitEvidence]) -> UnitEvidence:
    """That of several hits as one."""
    width = max((one.matches.shape[1] for one in evidence), default=0)
    padded = [np.pad(one.matches, ((0, 0), (0, width - one.matches.shape[1]))) for one in evidence]
    return UnitEvidence(
        matches=np.concatenate([np.zeros((0, width)), *padded]),
        unit_begins=np.cumsum([0, *(len(one.matches) for one in evidence)]),
        masses=np.ones(width),
        above=np.zeros(len(evidence)),
    )


def extracts(*passages: Sequence[Line], **settings: int) -> tuple[Citation, ...]:
    pairs = [hit_of(units, rank) for rank, units in enumerate(passages, start=1)]
    chosen = Settings().changed(settings).answering
    return choose_extracts(
        [hit for hit, _ in pairs], together([units for _, units in pairs]), chosen
    )


def cited(*passages: Sequence[Line], **settings: int) -> list[str]:
    return [extract.text for extract in extracts(*passages, **settings)]


LISTED = [
    ("The antibody acts in two ways:", (1, 0, 0)),
    ("- it blocks the ligand of the cell", (0, 1, 0)),
    ("- it marks the cell for the complement", (0, 0, 1)),
]
TABLE = [
    ("Adverse effects of the antibodies in use today", (1, 1, 0)),
    ("Effect | Frequency | Measure", (0, 0, 0)),
    ("Rash of the skin | common | none", (0, 0, 1)),
    ("Fever at night | rare | stop", (0, 0, 0)),
]
BEFORE: list[Line] = [("It has been known for a long time.", (0, 0, 0))]
AFTER: list[Line] = [("This is all there is to say.", (0, 0, 0))]


def whole(units: Sequence[Line]) -> str:
    """Of the first unit to the last one, as it stands in the text."""
    return "\n".join(line for line, _ in units).lstrip(MARKERS)


@pytest.mark.parametrize(
    ("units", "found"),
    [
        (
            [("They bind to the cell.", (1, 1)), ("They rain on the sea.", (0, 0))],
            ["They bind to the cell."],
        ),
        (
            [("They rain on the sea.", (0, 0)), ("They bind to the cell.", (1, 0))],
            ["They bind to the cell."],
        ),
        (
            [("They bind to the cell.", (1, 0)), ("They block the other one.", (0, 1))],
            ["They bind to the cell.\nThey block the other one."],
        ),
        (
            [("They bind to the cell.", (1, 1)), ("They block some of it.", (0.2, 0.2))],
            ["They bind to the cell."],
        ),
    ],
)
def test_the_sentences_that_match_are_cited(units: list[Line], found: list[str]) -> None:
    assert cited(units) == found


@pytest.mark.parametrize("rows", [LISTED, TABLE])
@pytest.mark.parametrize("before", [[], BEFORE])
@pytest.mark.parametrize("after", [[], AFTER])
def test_a_list_and_a_table_come_whole_where_their_head_matches(
    rows: list[Line], before: list[Line], after: list[Line]
) -> None:
    assert cited([*before, *rows, *after]) == [whole(rows)]


@pytest.mark.parametrize(
    ("marks", "lead_in"),
    [
        (("- ", "- "), "It acts in two ways:"),
        (("* ", "* "), "It acts in two ways:"),
        (("• ", "• "), "Elle agit de deux façons :"),
        (("1. ", "2. "), "It acts in two ways:"),
        (("- ", "- "), "Two ways of acting"),
    ],
)
def test_lists_have_many_looks(marks: tuple[str, str], lead_in: str) -> None:
    units: list[Line] = [
        (lead_in, (1, 0)),
        (f"{marks[0]}one of them is this", (0, 0)),
        (f"{marks[1].replace('2. ', '1. ')}the other one is that", (0, 0)),
    ]
    assert cited(units) == [whole(units)]


@pytest.mark.parametrize(
    ("matches", "found"),
    [
        ([(0, 0), (1, 1), (0, 0)], [1]),
        ([(0, 0), (0, 0), (1, 1)], [2]),
        ([(0.5, 0), (1, 1), (0, 0)], [1]),
        ([(1, 0), (0, 1), (0, 0)], [0, 1, 2]),
        ([(0, 0), (1, 0), (0, 1)], [0, 1, 2]),
        ([(1, 1), (1, 1), (0, 0)], [0, 1, 2]),
    ],
)
def test_one_item_is_cited_where_it_alone_answers(
    matches: list[tuple[float, float]], found: list[int]
) -> None:
    units = [(line, match) for (line, _), match in zip(LISTED, matches, strict=True)]
    assert cited(units) == [whole([units[n] for n in found])]


def test_one_row_is_cited_where_it_alone_answers() -> None:
    matches = [(0.0,), (0.0,), (1.0,), (0.0,)]
    units = [(line, match) for (line, _), match in zip(TABLE, matches, strict=True)]
    assert cited(units) == ["Effect | Frequency | Measure\nRash of the skin | common | none"]


def test_a_header_stands_by_itself_where_its_row_is_far_below() -> None:
    rows: list[Line] = [(f"Effect number {n} | {n} %", (0,)) for n in range(5)]
    head: list[Line] = [("Effect | Frequency", (0,)), *rows, ("Fever of the evening | 3 %", (1,))]
    assert cited(head) == ["Effect | Frequency", "Fever of the evening | 3 %"]


FOLLOWED: list[Line] = [
    ("Its signs depend on the age.", (1, 0)),
    ("Asthenia comes first of all.", (0, 0)),
    ("Weight gain is next to come.", (0, 0)),
]


@pytest.mark.parametrize(
    ("above", "words", "count"),
    [(0.0, 70, 1), (0.5, 70, 1), (0.6, 70, 3), (1.0, 70, 3), (1.0, 12, 2), (1.0, 5, 1)],
)
def test_under_a_title_that_says_the_question_the_text_goes_on(
    above: float, words: int, count: int
) -> None:
    hit, units = hit_of(FOLLOWED)
    found = choose_extracts(
        [hit],
        replace(units, above=np.array([above])),
        Settings().changed({"extract_words": words}).answering,
    )
    assert [extract.text for extract in found] == [whole(FOLLOWED[:count])]


def test_a_caption_alone_is_no_answer() -> None:
    (found,) = cited(TABLE)
    assert found.startswith(TABLE[0][0])
    assert found.endswith(TABLE[-1][0])


@pytest.mark.parametrize("caption", ["Effects", "Table 1: the effects", TABLE[0][0]])
def test_a_caption_of_any_length_comes_with_its_table(caption: str) -> None:
    units = [(caption, (1, 0, 0)), *[(line, (0, 0, 0)) for line, _ in TABLE[1:]]]
    assert cited(units) == [whole(units)]


def test_a_sentence_before_a_table_is_no_caption() -> None:
    units: list[Line] = [
        ("The antibody acts on all the cells of the body.", (1,)),
        *[(line, (0,)) for line, _ in TABLE[1:]],
    ]
    assert cited(units) == [units[0][0]]


@pytest.mark.parametrize("label", ["Fever", "A rare fever", "Rash."])
def test_a_label_is_no_answer(label: str) -> None:
    sentence = "Fever occurs in some of the patients."
    units: list[Line] = [(label, (1, 1)), (sentence, (1, 0))]
    assert cited(units) == [sentence]


def test_a_short_sentence_is_an_answer() -> None:
    assert cited([("Fever is rare.", (1, 1)), ("It rains on the sea today.", (0, 0))]) == [
        "Fever is rare."
    ]


def test_where_an_item_is_a_label_the_list_answers() -> None:
    units: list[Line] = [
        ("The adverse effects are these:", (0,)),
        ("- rash", (0,)),
        ("- fever", (1,)),
        *[(line, (0,)) for line, _ in AFTER],
    ]
    assert cited(units)[0].startswith(whole(units[:3]))


def test_where_there_are_only_labels_the_best_ones_answer() -> None:
    units: list[Line] = [("Rash", (0, 0)), ("Fever", (1, 1)), ("Cough", (0, 0))]
    assert cited(units, extract_sentences=1) == ["Fever"]


def test_a_passage_of_one_label_answers() -> None:
    assert cited([("Fever", (1,))]) == ["Fever"]


SENTENCES: list[Line] = [
    ("Some antibodies bind to the cell.", (1, 0, 0, 0)),
    ("Others block the ligand of it.", (0, 1, 0, 0)),
    ("A third kind carries a toxin.", (0, 0, 1, 0)),
    ("And the last kind marks it.", (0, 0, 0, 1)),
]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_there_are_at_most_so_many_extracts(most: int) -> None:
    apart = [unit for sentence in SENTENCES for unit in (sentence, *AFTER * 3)]
    assert len(cited(apart, extract_sentences=most)) == most


def test_a_very_long_list_is_cited_by_its_lead_in_and_best_item() -> None:
    units: list[Line] = [
        ("The effects are these:", (1, 0, 0)),
        *[(f"- effect number {n} of the many that there are", (0, 0)) for n in range(12)],
        ("- fever", (0, 1, 1)),
        *[(f"- effect number {n} of the many that there are", (0, 0)) for n in range(12)],
    ]
    assert cited(units) == ["The effects are these:", "fever"]


@pytest.mark.parametrize(("words", "count"), [(6, 1), (11, 1), (12, 2), (18, 3)])
def test_no_extract_is_added_beyond_the_words(words: int, count: int) -> None:
    found = cited([SENTENCES[0]], [SENTENCES[1]], [SENTENCES[2]], extract_words=words)
    assert found == [line for line, _ in SENTENCES[:count]]


def test_a_long_list_is_cited_beyond_the_words() -> None:
    assert cited(LISTED, extract_words=5) == [whole(LISTED)]


def test_the_higher_of_equal_sources_answers_first() -> None:
    found = extracts([SENTENCES[0]], [SENTENCES[0]], extract_sentences=1)
    assert [extract.source for extract in found] == [1]


def test_a_better_sentence_of_a_lower_source_answers_first() -> None:
    weak: list[Line] = [("Of antibodies it is said to rain.", (0.2, 0.2))]
    strong: list[Line] = [("The antibodies bind to the cell.", (1, 1))]
    assert [e.source for e in extracts(weak, strong, extract_sentences=1)] == [2]


def test_only_the_first_sources_are_read() -> None:
    nothing: list[Line] = [("It rains on the sea.", (0,))]
    assert {e.source for e in extracts(*[nothing] * 3, [("They bind to it.", (1,))])} <= {1, 2, 3}


def test_extracts_with_little_between_them_are_joined() -> None:
    joined = [SENTENCES[0], *AFTER, SENTENCES[1]]
    assert cited(joined) == [whole(joined)]
    apart = [SENTENCES[0], *AFTER * 3, SENTENCES[1]]
    assert cited(apart) == [SENTENCES[0][0], SENTENCES[1][0]]


def test_without_hits_there_is_no_extract() -> None:
    assert choose_extracts((), together([]), Settings().answering) == ()


LINES = st.sampled_from(
    [
        "They bind to the cell.",
        "Fever",
        "It acts in these ways:",
        "- it blocks the ligand",
        "- rash",
        "1. the first of them",
        "Effect | Frequency",
        "Adverse effects of the antibodies that are in use",
        "L’œdème est fréquent 💊.",
    ]
)
MATCH = st.tuples(*[st.sampled_from([0.0, 0.5, 1.0])] * 2)
PASSAGES = st.lists(st.lists(st.tuples(LINES, MATCH), min_size=1, max_size=8), max_size=4)


@given(PASSAGES, st.integers(1, 4), st.integers(1, 60))
def test_extracts_are_verbatim_in_order_and_few(
    passages: list[list[Line]], most: int, words: int
) -> None:
    found = extracts(*passages, extract_sentences=most, extract_words=words)
    assert bool(found) == bool(passages)
    assert len(found) <= most
    for extract in found:
        passage = hit_of(passages[extract.source - 1])[0].passage
        start, end = extract.start - OFFSET, extract.end - OFFSET
        assert passage.text[start:end] == extract.text
        assert start in {unit.start for unit in passage.units}
        assert end in {unit.end for unit in passage.units}
    for one, other in pairwise(found):
        assert (one.source, one.end) < (other.source, other.start) or one.source < other.source
    assert extracts(*passages, extract_sentences=most, extract_words=words) == found
