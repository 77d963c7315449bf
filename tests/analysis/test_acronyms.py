"""Acronyms that a text explains."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.acronyms import find_acronyms
from qa.analysis.lexicon import Pair

WORDS = st.lists(
    st.sampled_from("alpha Beta, release (of) CRS (CRS) (AB) l'os d’eau - B-cell (BO)\n".split()),
    max_size=20,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("a cytokine release syndrome (CRS)", "CRS", "cytokine release syndrome"),
        (
            "Le syndrome de relargage des cytokines (SRC) est grave.",
            "SRC",
            "syndrome de relargage des cytokines",
        ),
        ("tumour necrosis factor (TNF) and more", "TNF", "tumour necrosis factor"),
        ("graft-versus-host disease (GVHD)", "GVHD", "graft-versus-host disease"),
        ("the B-cell receptor (BCR)", "BCR", "B-cell receptor"),
        ("l'infarctus du myocarde (IDM)", "IDM", "infarctus du myocarde"),
        (
            "un accident d’exposition au sang (AES)",
            "AES",
            "accident d’exposition au sang",
        ),
        ("l’État général (EG)", "EG", "État général"),
        ("état général (ÉG)", "ÉG", "état général"),
        ("Crohn's disease (CD)", "CD", "Crohn's disease"),
        ("big bad big disease (BD)", "BD", "big disease"),
    ],
)
def test_an_acronym_is_found_with_the_words_before_it(text: str, short: str, long: str) -> None:
    assert list(find_acronyms(text)) == [Pair(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "see the table below (ABC)",
        "release of cytokines (CRS)",
        "the cytokine release syndrome (crs)",
        "the cytokine release syndrome (see CRS)",
        "Cytokine\nrelease syndrome (CRS)",
        "(CRS) cytokine release syndrome",
        "cytokine (C)",
        "non-Hodgkin lymphoma (HL)",
        "syndrome (CS)",
        "",
    ],
)
def test_what_does_not_abbreviate_is_not_found(text: str) -> None:
    assert list(find_acronyms(text)) == []


def test_all_acronyms_of_a_text_are_found_in_order() -> None:
    text = "Bone marrow (BM) and stem cells (SC).\nBone marrow (BM) again."
    assert [pair.left for pair in find_acronyms(text)] == ["BM", "SC", "BM"]


@given(WORDS)
def test_what_is_found_stands_in_the_text(text: str) -> None:
    for short, long in find_acronyms(text):
        assert re.search(rf"{re.escape(long)}\s*\({re.escape(short)}\)", text)
        assert long[0].lower() == short[0].lower()
