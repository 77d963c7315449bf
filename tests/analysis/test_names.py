"""Names are told by how they end, where the word is not one of everyday language."""

from __future__ import annotations

import pytest

from qa.analysis.names import has_name
from qa.models import Language
from qa.retrieval.facets import facets


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("une arthrite du genou", "fr", {"disease"}),
        ("arthritis and carcinomas", "en", {"disease"}),
        ("la limite d'une visite", "fr", set()),
        ("des maladies", "fr", {"disease"}),
        ("imatinib ou rituximab", "fr", {"medicine"}),
        ("the capital gain", "en", set()),
        ("antibiotherapie de la pneumopathie", "fr", {"medicine", "disease"}),
        ("un scanner, puis une coronarographie", "fr", {"test"}),
        ("", "en", set()),
    ],
)
def test_what_a_text_names(text: str, language: Language, kinds: set[str]) -> None:
    found = {kind for kind in ("disease", "medicine", "test") if has_name([kind], text, language)}
    assert found == kinds


def test_every_kind_that_a_facet_asks_for_is_listed() -> None:
    kinds = {kind for facet in facets().values() for kind in facet.names}
    assert kinds == {"disease", "medicine", "test"}
    assert not any(has_name([kind], "it is here", "en") for kind in kinds)
