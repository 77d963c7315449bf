"""Read passages to extracts: which units are cited, and that every citation is verbatim."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answering import choose_extracts
from qa.models import Citation, DocumentInfo, Hit, Passage, Unit, UnitKind
from qa.retrieval import confidence
from qa.retrieval.facets import Facet, facets
from qa.retrieval.reading import ReadPassage
from qa.retrieval.support import Features
from qa.settings import Settings

OFFSET = 100
"""Where each passage begins in its document."""
Line = tuple[str, float]
"""A unit as it stands in the text, its marker included, and how likely it answers."""
MARKERS = "-*•#1. "
LIST, DOSE = facets()["adverse_effects"], facets()["dose"]
assert LIST.form == "list"
assert DOSE.form != "list"


def kind_of(line: str, bare: str) -> UnitKind:
    if line.startswith("#"):
        return "heading"
    return "row" if " | " in bare else "item" if bare != line else "sentence"


def passage_of(lines: Sequence[Line], rank: int = 1) -> Passage:
    """A passage whose units stand on lines of their own."""
    text, units = "", list[Unit]()
    header: int | None = None
    for number, (line, _) in enumerate(lines):
        bare = line.lstrip(MARKERS)
        start = len(text) + len(line) - len(bare)
        kind = kind_of(line, bare)
        units.append(
            Unit(
                start=start,
                end=start + len(bare),
                kind=kind,
                leads=bare.rstrip().endswith(":"),
                header=header if kind == "row" else None,
            )
        )
        header = (number if header is None else header) if kind == "row" else None
        text += f"{line}\n"
    text = text.removesuffix("\n")
    return Passage(
        document_id=f"d{rank}",
        start=OFFSET,
        end=OFFSET + len(text),
        text=text,
        language="en",
        units=tuple(units),
    )


def read_of(lines: Sequence[Line], rank: int = 1) -> ReadPassage:
    """The same with what is known of its units."""
    passage = passage_of(lines, rank)
    headers = {unit.header for unit in passage.units}
    nothing = Features(*[0.0] * len(Features._fields))
    rows = [
        nothing._replace(
            label=float(
                unit.leads
                or unit.kind == "heading"
                or number in headers
                or passage.text[unit.start : unit.end].endswith("?")
            )
        )
        for number, unit in enumerate(passage.units)
    ]
    return ReadPassage(
        place=rank - 1,
        passage=passage,
        document=DocumentInfo(id=f"d{rank}", title="", path="", language="en", sha256=""),
        score=1.0,
        support=0.0,
        units=np.array(rows, np.float64).reshape(-1, len(nothing)),
        chances=np.array([chance for _, chance in lines], np.float64),
        features=confidence.Features(*[0.0] * len(confidence.Features._fields)),
        confidence=0.5,
    )


def extracts(
    *passages: Sequence[Line], facet: Facet | None = None, **settings: int
) -> tuple[Citation, ...]:
    read = [read_of(lines, rank) for rank, lines in enumerate(passages, start=1)]
    hits = [
        Hit(rank=rank, score=1.0, confidence=0.5, passage=one.passage, document=one.document)
        for rank, one in enumerate(read, start=1)
    ]
    return choose_extracts(hits, read, facet, Settings().changed(settings).answering)


def cited(*passages: Sequence[Line], facet: Facet | None = None, **settings: int) -> list[str]:
    return [extract.text for extract in extracts(*passages, facet=facet, **settings)]


def test_what_two_documents_say_word_for_word_is_cited_once() -> None:
    one: list[Line] = [("They bind to the cell at once.", 0.9)]
    assert cited(one, one) == ["They bind to the cell at once."]


def whole(lines: Sequence[Line]) -> str:
    """Of the first unit to the last one, as it stands in the text."""
    return "\n".join(line for line, _ in lines).lstrip(MARKERS)


def with_chances(lines: Sequence[Line], chances: Sequence[float]) -> list[Line]:
    return [(line, chance) for (line, _), chance in zip(lines, chances, strict=True)]


LISTED: list[Line] = [
    ("The antibody acts in two ways:", 0),
    ("- it blocks the ligand of the cell", 0),
    ("- it marks the cell for the complement", 0),
]
TABLE: list[Line] = [
    ("Adverse effects of the antibodies in use today", 0),
    ("Effect | Frequency | Measure", 0),
    ("Rash of the skin | common | none", 0),
    ("Fever at night | rare | stop", 0),
]
SENTENCES: list[Line] = [
    ("Some antibodies bind to the cell.", 0.9),
    ("Others block the ligand of it.", 0.8),
    ("A third kind carries a toxin.", 0.7),
    ("And the last kind marks it.", 0.6),
]
BESIDE: list[Line] = [("It has been known for a long time.", 0.01)]


@pytest.mark.parametrize(
    ("chances", "found"),
    [
        ((0.9, 0.1), ["They bind to the cell."]),
        ((0.1, 0.9), ["They block the other one."]),
        ((0.9, 0.7), ["They bind to the cell.\nThey block the other one."]),
        ((0.9, 0.3), ["They bind to the cell.\nThey block the other one."]),
        ((0.01, 0.009), ["They bind to the cell.\nThey block the other one."]),
    ],
)
def test_the_sentences_as_likely_as_the_best_are_cited(
    chances: tuple[float, float], found: list[str]
) -> None:
    lines: list[Line] = [("They bind to the cell.", 0), ("They block the other one.", 0)]
    assert cited(with_chances(lines, chances)) == found


def test_the_surest_unit_comes_first_whatever_the_rank_of_its_passage() -> None:
    found = extracts(SENTENCES[1:2], BESIDE, SENTENCES[:1])
    assert [extract.source for extract in found] == [3, 1]


def test_the_higher_of_equal_sources_answers_first() -> None:
    found = extracts(SENTENCES[:1], SENTENCES[:1], extract_sentences=1)
    assert [extract.source for extract in found] == [1]


def test_of_the_extracts_of_one_passage_the_surest_comes_first() -> None:
    apart = [SENTENCES[1], *BESIDE * 3, SENTENCES[0]]
    assert cited(apart) == [SENTENCES[0][0], SENTENCES[1][0]]


def test_extracts_with_little_between_them_are_joined() -> None:
    joined = [SENTENCES[0], *BESIDE, SENTENCES[1]]
    assert cited(joined) == [whole(joined)]


@pytest.mark.parametrize("lines", [LISTED, TABLE])
@pytest.mark.parametrize("before", [[], BESIDE])
@pytest.mark.parametrize("after", [[], BESIDE])
def test_a_list_and_a_table_come_whole_where_their_head_answers(
    lines: list[Line], before: list[Line], after: list[Line]
) -> None:
    led = with_chances(lines, [0.9, *[0.0] * (len(lines) - 1)])
    assert cited([*before, *led, *after]) == [whole(lines)]


@pytest.mark.parametrize("lines", [LISTED, TABLE])
@pytest.mark.parametrize(
    ("facet", "is_whole"), [(LIST, True), (facets()["difference"], True), (DOSE, False)]
)
def test_where_a_list_is_asked_it_comes_whole_with_what_leads_into_it(
    lines: list[Line], facet: Facet, is_whole: bool
) -> None:
    best = with_chances(lines, [*[0.0] * (len(lines) - 2), 0.9, 0.0])
    assert (cited(best, facet=facet) == [whole(lines)]) == is_whole


@pytest.mark.parametrize(
    ("marks", "lead_in"),
    [
        (("- ", "- "), "It acts in two ways:"),
        (("* ", "* "), "It acts in two ways:"),
        (("• ", "• "), "Elle agit de deux façons :"),
        (("1. ", "1. "), "It acts in two ways:"),
        (("- ", "- "), "Two ways of acting"),
    ],
)
def test_lists_have_many_looks(marks: tuple[str, str], lead_in: str) -> None:
    lines: list[Line] = [
        (lead_in, 0.9),
        (f"{marks[0]}one of them is this", 0),
        (f"{marks[1]}the other one is that", 0),
    ]
    assert cited(lines) == [whole(lines)]


@pytest.mark.parametrize(
    ("chances", "found"),
    [
        ((0.0, 0.9, 0.0), (0, 1)),
        ((0.0, 0.9, 0.1), (0, 1)),
        ((0.0, 0.9, 0.3), (0, 1, 2)),
        ((0.0, 0.9, 0.6), (0, 1, 2)),
        ((0.0, 0.6, 0.9), (0, 1, 2)),
    ],
)
def test_an_item_is_cited_with_its_lead_in_and_with_those_as_good(
    chances: tuple[float, ...], found: tuple[int, ...]
) -> None:
    assert cited(with_chances(LISTED, chances)) == [whole([LISTED[number] for number in found])]


def test_an_item_far_below_is_cited_with_its_lead_in_apart() -> None:
    assert cited(with_chances(LISTED, (0.0, 0.0, 0.9)), extract_sentences=1) == [whole(LISTED)]
    longer = [*LISTED[:2], *LISTED[1:2] * 15, *LISTED[2:]]
    found = cited(with_chances(longer, [*[0.0] * (len(longer) - 1), 0.9]))
    assert found == [LISTED[0][0], whole(LISTED[2:])]


def test_an_item_that_names_the_subject_stands_alone() -> None:
    said = Features._fields.index("own")
    read = read_of(with_chances(LISTED, (0.0, 0.0, 0.9)))
    read.units[2, said] = 1.0
    hit = Hit(rank=1, score=1.0, confidence=0.5, passage=read.passage, document=read.document)
    (found,) = choose_extracts([hit], [read], None, Settings().answering)
    assert found.text == whole(LISTED[2:])


@pytest.mark.parametrize("row", [2, 3])
def test_a_row_comes_with_its_header(row: int) -> None:
    chances = [0.9 if number == row else 0.0 for number in range(len(TABLE))]
    (found,) = cited(with_chances(TABLE, chances))
    assert found.startswith(TABLE[1][0])
    assert TABLE[row][0] in found
    assert TABLE[0][0] not in found


def test_a_row_far_below_is_read_along_from_its_header() -> None:
    rows: list[Line] = [(f"Effect number {n} | {n} %", 0) for n in range(5)]
    lines: list[Line] = [("Effect | Frequency", 0), *rows, ("Fever of the evening | 3 %", 0.9)]
    assert cited(lines) == [whole(lines)]


@pytest.mark.parametrize(
    "label",
    [
        "# How the antibodies act on a cell",
        "How do the antibodies act on a cell?",
        "They act on a cell in these ways:",
        "Fever",
        "A rare fever",
        "Rash.",
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_what_says_nothing_alone_is_no_answer(label: str, apart: bool) -> None:
    sentence = ("Fever occurs in some of the patients.", 0.2)
    passages = [[(label, 0.9)], [sentence]] if apart else [[(label, 0.9), sentence]]
    assert cited(*passages) == [sentence[0]]


def test_a_header_is_no_answer() -> None:
    (found,) = cited([*BESIDE, *with_chances(TABLE, (0, 0.9, 0.2, 0))])
    assert found == whole(TABLE[1:3])


def test_a_sentence_before_a_table_is_no_caption() -> None:
    sentence = ("The antibody acts on all the cells of the body.", 0.9)
    assert cited([sentence, *TABLE[1:]]) == [sentence[0]]


def test_a_short_sentence_is_an_answer() -> None:
    assert cited([("Fever is rare.", 0.9), *BESIDE]) == ["Fever is rare."]


def test_where_an_item_is_a_label_it_comes_with_its_lead_in() -> None:
    lines: list[Line] = [
        ("The adverse effects are these:", 0),
        ("- rash", 0),
        ("- fever", 0.9),
        *BESIDE,
    ]
    assert cited(lines) == [whole(lines[:3])]


def test_where_there_are_only_labels_the_best_one_answers() -> None:
    assert cited([("Rash", 0.1), ("Fever", 0.9), ("Cough", 0.1)]) == ["Fever"]
    assert cited([("Fever", 0.01)]) == ["Fever"]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_there_are_at_most_so_many_extracts(most: int) -> None:
    apart = [line for sentence in SENTENCES for line in (sentence, *BESIDE * 3)]
    assert len(cited(apart, extract_sentences=most)) == most


@pytest.mark.parametrize("lead", [0.0, 0.9])
def test_a_very_long_list_is_cited_by_its_lead_in_and_best_item(lead: float) -> None:
    rest: list[Line] = [(f"- effect number {n} of the many that there are", 0) for n in range(12)]
    lines = [("The effects are these:", lead), *rest, ("- fever", 0.5), *rest]
    assert cited(lines, facet=LIST) == ["The effects are these:", "fever"]


@pytest.mark.parametrize(("words", "count"), [(1, 1), (11, 1), (12, 2), (18, 3)])
def test_no_extract_is_added_beyond_the_words(words: int, count: int) -> None:
    found = cited(SENTENCES[:1], SENTENCES[1:2], SENTENCES[2:3], extract_words=words)
    assert found == [line for line, _ in SENTENCES[:count]]


def test_a_list_is_cited_beyond_the_words() -> None:
    led = with_chances(LISTED, (0.9, 0.0, 0.0))
    assert cited(led, extract_words=5) == [whole(LISTED)]


def test_without_passages_there_is_no_extract() -> None:
    assert extracts() == ()


LINES = st.sampled_from(
    [
        "They bind to the cell.",
        "Fever",
        "It acts in these ways:",
        "# Of the effects that they have",
        "What effects do they have?",
        "- it blocks the ligand",
        "- rash",
        "1. the first of them",
        "Effect | Frequency",
        "Adverse effects of the antibodies that are in use",
        "L’œdème est fréquent 💊.",
    ]
)
CHANCES = st.sampled_from([0.0, 0.1, 0.5, 0.9])
PASSAGES = st.lists(st.lists(st.tuples(LINES, CHANCES), min_size=1, max_size=8), max_size=4)
FACETS = st.sampled_from([None, LIST, DOSE])


@given(PASSAGES, FACETS, st.integers(1, 4), st.integers(1, 60))
def test_extracts_are_verbatim_apart_and_few(
    passages: list[list[Line]], facet: Facet | None, most: int, words: int
) -> None:
    found = extracts(*passages, facet=facet, extract_sentences=most, extract_words=words)
    assert bool(found) == bool(passages)
    # One unit may come with the header or the lead-in that it needs, however little is allowed.
    assert len(found) <= max(most, 2)
    sources = [extract.source for extract in found]
    assert len(set(sources)) == 1 + sum(a != b for a, b in pairwise(sources)) if found else True
    for extract in found:
        passage = passage_of(passages[extract.source - 1])
        start, end = extract.start - OFFSET, extract.end - OFFSET
        assert passage.text[start:end] == extract.text
        assert start in {unit.start for unit in passage.units}
        assert end in {unit.end for unit in passage.units}
    for one, other in pairwise(sorted(found, key=lambda extract: (extract.source, extract.start))):
        assert one.source != other.source or one.end < other.start
    assert extracts(*passages, facet=facet, extract_sentences=most, extract_words=words) == found


@given(PASSAGES, FACETS)
def test_nothing_that_says_nothing_alone_stands_alone(
    passages: list[list[Line]], facet: Facet | None
) -> None:
    sentence = "They bind to the cell."
    for extract in extracts([(sentence, 0.05)], *passages, facet=facet):
        assert extract.text not in ("Fever", "rash", "What effects do they have?")
        assert extract.text != "Of the effects that they have"
