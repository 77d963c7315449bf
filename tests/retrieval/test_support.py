"""The named features of a unit, each by hand on a passage of our own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.models import DocumentInfo, Passage, Unit, UnitKind
from qa.retrieval.asking import read
from qa.retrieval.evidence import UnitEvidence
from qa.retrieval.facet_evidence import Looks
from qa.retrieval.model import fitted_model
from qa.retrieval.support import SIGNS, Features, unit_features
from tests.retrieval.candidates import looks_of

KINDS: dict[str, UnitKind] = {"-": "item", "|": "row", "#": "heading", "=": "caption"}
NAMES = Features._fields


def passage_of(lines: Sequence[str], heading: Sequence[str] = ()) -> Passage:
    """One unit a line; a mark before it gives its kind, and the first row is the header."""
    text = "\n".join(lines)
    units, start, header = list[Unit](), 0, None
    for number, line in enumerate(lines):
        mark = line[0] if line[0] in KINDS else ""
        kind = KINDS.get(mark, "sentence")
        end = start + len(line)
        units.append(
            Unit(
                start=start + 2 * len(mark),
                end=end,
                kind=kind,
                leads=line.endswith(":"),
                header=header if kind == "row" else None,
            )
        )
        header = (number if header is None else header) if kind == "row" else None
        start = end + 1
    return Passage(
        document_id="d",
        start=0,
        end=len(text),
        text=text,
        language="en",
        heading=tuple(heading),
        units=tuple(units),
    )


def features_of(
    *lines: str,
    question: str = "xamab",
    words: Sequence[str] = ("xamab",),
    heading: Sequence[str] = (),
    title: str = "",
    scores: Sequence[float] = (2.0,),
    of_page: bool = False,
    asking: float = 0,
    headed: float = 0,
    named: float = 0,
) -> list[Features]:
    """Of every unit of a passage; words of a subject are in a text that has them as they are."""
    passage = passage_of(lines, heading)
    texts = [passage.text[unit.start : unit.end] for unit in passage.units]

    def said(parts: Sequence[str]) -> Any:
        return np.array([[float(w in t.lower()) for w in words] for t in parts], np.float64)

    evidence = UnitEvidence(
        own=said(texts),
        asking=np.full(len(texts), asking),
        opposed=np.zeros(len(texts)),
        headed=np.full(1, headed),
        opening=said([" ".join(text.split()[:3]) for text in texts]),
        above=said([" ".join((title, *heading))]),
        shares=np.full(len(words), 1 / max(len(words), 1)),
        unit_begins=np.array([0, len(texts)]),
        of_page=of_page,
    )
    document = DocumentInfo(id="d", title=title, path="d", language="en", sha256="")
    asked = read(question)
    looks = looks_of(passage, asked.facets)
    rows = unit_features(
        [(passage, document)],
        np.array(scores),
        evidence,
        looks,
        np.full(len(texts), named),
        asked,
    )
    return [Features(*row.tolist()) for row in rows]


PAIR = ("xamab", "fever")
RAIN = "It rains on the sea today."


@pytest.mark.parametrize(
    ("lines", "context", "expected"),
    [
        ([RAIN, "Of xamab and fever."], {}, {"own": 1, "lacking": 0}),
        ([RAIN, "Of fever alone."], {}, {"own": 0.5, "lacking": 0.5}),
        (["Of xamab:", "- fever at night"], {}, {"own": 0.5, "lead": 0.5, "before": 0}),
        (["| xamab | dose", "| fever | two"], {}, {"own": 0.5, "lead": 0.5}),
        ([RAIN, "Fever comes."], {"title": "Xamab"}, {"own": 0.5, "above": 0.5}),
        ([RAIN, "Fever comes."], {"heading": ("On xamab",)}, {"own": 0.5, "above": 0.5}),
        (["Xamab acts.", "Fever comes."], {}, {"own": 0.5, "before": 0.5, "earlier": 0}),
        (["Xamab acts.", RAIN, "Fever comes."], {}, {"own": 0.5, "before": 0, "earlier": 0.5}),
        (["Xamab acts.", RAIN], {"title": "Xamab"}, {"above": 0.5, "before": 0, "lacking": 0.5}),
        (["Xamab and fever.", RAIN], {}, {"own": 0, "before": 1, "lacking": 0}),
        ([RAIN, RAIN], {}, {"own": 0, "above": 0, "earlier": 0, "lacking": 0.5}),
        (["Fever comes.", RAIN, "Fever comes."], {}, {"own": 0.5, "earlier": 0}),
        ([RAIN, "Xamab is what is given in fever."], {}, {"own": 1, "opening": 0.5}),
    ],
)
def test_what_says_the_subject(
    lines: list[str], context: dict[str, Any], expected: dict[str, float]
) -> None:
    """Of the last unit, for a subject of two words that count the same."""
    found = features_of(*lines, words=PAIR, **context)[-1]
    assert {name: getattr(found, name) for name in expected} == expected


def test_what_evidence_says_of_a_unit_is_a_feature() -> None:
    (row,) = features_of(RAIN, asking=0.25, headed=0.5, named=0.75)
    assert (row.asking, row.headed, row.named) == (0.25, 0.5, 0.75)


SIDE = "side effects of xamab"


@pytest.mark.parametrize(
    ("lines", "context", "expected"),
    [
        ([RAIN], {}, dict.fromkeys(("facet_own", "facet_lead", "facet_heading", "both"), 0)),
        (["Adverse effects are rash and cough."], {}, {"facet_own": 1, "both": 0}),
        (["Adverse effects of xamab are rash and cough."], {}, {"facet_own": 1, "both": 1}),
        (["Adverse effects of xamab:", "- rash"], {}, {"facet_own": 0, "facet_lead": 1, "both": 1}),
        (["| Adverse effects | Xamab", "| rash | rare"], {}, {"facet_lead": 1, "both": 1}),
        (
            ["Xamab gives a rash."],
            {"heading": ("Xamab", "Side effects")},
            {"facet_heading": 1, "facet_above": 0, "both": 1},
        ),
        (
            ["Xamab gives a rash."],
            {"heading": ("Side effects", "Skin")},
            {"facet_heading": 0, "facet_above": 1},
        ),
        ([RAIN], {"title": "Side effects"}, {"facet_heading": 0, "facet_above": 1, "both": 0}),
    ],
)
def test_what_says_the_facet(
    lines: list[str], context: dict[str, Any], expected: dict[str, float]
) -> None:
    found = features_of(*lines, question=SIDE, **context)[-1]
    assert {name: getattr(found, name) for name in expected} == pytest.approx(expected)


@pytest.mark.parametrize(
    ("question", "line", "name", "expected"),
    [
        (SIDE, "- rash of the skin", "listed", 1),
        (SIDE, "| rash | rare", "listed", 1),
        (SIDE, RAIN, "listed", 0),
        ("dose of xamab", "- rash of the skin", "listed", 0),
        ("difference between xamab and yimab", "| rash | rare", "compared", 1),
        ("difference between xamab and yimab", "- rash", "compared", 0),
        (SIDE, "| rash | rare", "compared", 0),
        ("what is xamab?", "Xamab is an antibody of cells.", "defines", 1),
        ("what is xamab?", "An antibody of cells is xamab.", "defines", 0),
        (SIDE, "Xamab is an antibody of cells.", "defines", 0),
        ("how many doses of xamab?", "Take 3 of them.", "numbered", 1),
        ("how many doses of xamab?", "Take three of them.", "numbered", 0),
        ("how many doses of xamab?", "It is against CD20 and IL-6.", "numbered", 0),
        (SIDE, "Take 3 of them.", "numbered", 0),
        (SIDE, "- neutropenia", "names", 1),
        (SIDE, "- visits of a nurse", "names", 0),
        ("what is xamab?", "- neutropenia", "names", 0),
    ],
)
def test_the_form_of_the_answer(question: str, line: str, name: str, expected: float) -> None:
    assert getattr(features_of(line, question=question)[-1], name) == expected


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        ([RAIN, "Fever is rare."], [0, 0]),
        (["# How antibodies act on cells", RAIN], [1, 0]),
        (["= Effects of it by their number", "| Effect | Number", "| Rash | ten"], [1, 1, 0]),
        (["It acts in two ways:", "- it blocks the ligand"], [1, 0]),
        (["How does it act on a cell?", RAIN], [1, 0]),
        (["- rash", "- rash of the skin"], [1, 0]),
    ],
)
def test_what_says_nothing_alone_is_a_label(lines: list[str], labels: list[float]) -> None:
    assert [found.label for found in features_of(*lines)] == labels


def test_length_grows_up_to_a_point() -> None:
    lengths = [features_of(" ".join(["word"] * n))[0].length for n in (1, 5, 24, 25, 60)]
    assert lengths == sorted(lengths)
    assert lengths[2] < 1
    assert lengths[3:] == [1, 1]


def test_the_score_is_against_that_of_the_best_passage() -> None:
    assert features_of(RAIN)[0].score == 1
    assert features_of(RAIN, scores=(0.0,))[0].score == 1


def test_who_names_a_page_alone_asks_for_all_that_it_says() -> None:
    (found,) = features_of(RAIN, question="OIC-001-01-A", title="xamab", of_page=True)
    assert (found.above, found.facet_own, found.both) == (1, 1, 1)
    (other,) = features_of(RAIN, question=SIDE, title="xamab", of_page=True)
    assert (other.facet_own, other.both) == (0, 0)


@pytest.mark.parametrize("words", [(), ("xamab",)])
def test_without_a_subject_all_is_lacking(words: tuple[str, ...]) -> None:
    assert features_of(RAIN, words=words)[0].lacking == 1


def test_without_passages_there_is_no_row() -> None:
    none = np.zeros((0, 1))
    evidence = UnitEvidence(
        own=none,
        opening=none,
        asking=np.zeros(0),
        opposed=np.zeros(0),
        above=none,
        headed=np.zeros(0),
        shares=np.ones(1),
        unit_begins=np.zeros(1, np.int64),
    )
    looks = Looks(np.zeros(0), np.zeros(0, np.bool_), np.zeros(0, np.int64))
    rows = unit_features([], np.zeros(0), evidence, looks, np.zeros(0), read("xamab"))
    assert rows.shape == (0, len(NAMES))


@given(
    st.lists(st.floats(0, 1), min_size=len(NAMES), max_size=len(NAMES)),
    st.sampled_from([name for name in NAMES if getattr(SIGNS, name)]),
    st.floats(0, 1),
)
def test_more_for_an_answer_never_counts_against_it(
    values: list[float], name: str, more: float
) -> None:
    model = fitted_model().support
    before = Features(*values)
    added = {name: cast(float, getattr(before, name)) + more}
    step = model.logit(before._replace(**added)) - model.logit(before)
    assert getattr(SIGNS, name) * step >= -1e-9
