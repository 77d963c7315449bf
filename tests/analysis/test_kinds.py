"""What medicines are, by the table and by what a text says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.kinds import built_in_kinds, find_kinds, kind_lines
from qa.analysis.lexicon import compiled, kind_entries
from qa.models import Language

PIECES = st.lists(
    st.sampled_from(
        "TNF inhibitors (infliximab, adalimumab ) such as | : - \n, et de pain".split(" ")
    ),
    max_size=25,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "language", "kind", "members"),
    [
        ("under TNF inhibitors (infliximab, adalimumab).", "en", "TNF inhibitors", 2),
        ("les inhibiteurs de BRAF (ex. : dabrafénib et vémurafénib)", "fr", "BRAF", 2),
        ("statins such as atorvastatin or simvastatin, at night", "en", "", 0),
        ("Statins such as atorvastatin or simvastatin.", "en", "Statins", 2),
        ("Anti-TNF tels que infliximab et adalimumab.", "fr", "Anti-TNF", 2),
        ("Les statines comme atorvastatine et simvastatine.", "fr", "statines", 2),
        (
            "- interleukin-6 receptor (IL-6R): tocilizumab, sarilumab;",
            "en",
            "interleukin-6 receptor",
            2,
        ),
        ("CTLA-4, on T cells | lymph node | ipilimumab, tremelimumab", "en", "CTLA-4", 2),
        ("mTOR inhibitors | everolimus", "en", "mTOR inhibitors", 1),
        ("pleural effusion (dasatinib)", "en", "", 0),
        ("biologics (infection, cancer)", "en", "", 0),
        ("-umab | human | adalimumab", "en", "", 0),
        ("Doses of what we give after the first years | adalimumab", "en", "", 0),
    ],
)
def test_the_kind_of_medicines_that_are_listed(
    text: str, language: Language, kind: str, members: int
) -> None:
    found = list(find_kinds(text, language))
    assert len(found) == members
    assert {pair.right for pair in found} <= {kind}
    assert all(pair.left in text for pair in found)


@given(PIECES)
def test_kinds_and_members_stand_in_the_text(text: str) -> None:
    for member, kind in find_kinds(text, "en"):
        assert member in text
        assert all(word in text for word in kind.split())


@pytest.mark.parametrize(
    ("member", "kind", "language"),
    [
        ("adalimumab", "anti-TNF", "fr"),
        ("adalimumab", "TNF inhibitor", "en"),
        ("bévacizumab", "VEGF inhibitor", "en"),
        ("furosemide", "diurétique de l'anse", "fr"),
    ],
)
def test_the_table_says_of_a_medicine_in_either_language_what_it_is(
    member: str, kind: str, language: Language
) -> None:
    assert set(kind_entries(member, kind, language)) <= set(built_in_kinds())


def test_the_compiled_kinds_are_those_of_the_table() -> None:
    assert compiled("kinds") == sorted(set(kind_lines()))
