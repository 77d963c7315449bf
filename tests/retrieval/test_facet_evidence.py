"""Whether texts answer facets, by how they are worded and headed."""

from __future__ import annotations

import pytest

from qa.models import Language, Passage, Unit
from qa.retrieval.facet_evidence import said_by_heading
from qa.retrieval.facets import facets
from tests.retrieval.candidates import looks_of


@pytest.mark.parametrize(
    ("name", "heading", "language", "expected"),
    [
        ("definition", "Définition", "fr", 1),
        ("definition", "Qu'est-ce qu'une kinase ?", "fr", 1),
        ("adverse_effects", "Effets indésirables fréquents", "fr", 1),
        ("adverse_effects", "What side effects can happen?", "en", 1),
        ("adverse_effects", "Cytokines", "en", 0),
        ("treatment", "Management", "en", 1),
        ("treatment", "Conduite à tenir devant une fièvre", "fr", 1),
        ("treatment", "Grading and management", "en", 1),
        ("cause", "Étiologies", "fr", 1),
        ("diagnosis", "Additional examinations", "en", 1),
        ("monitoring", "Follow-up and/or prognosis", "en", 1),
        ("monitoring", "Blood, urine, stools: what to do at follow-up and how", "en", 0.6),
        ("why", "Why patients relapse", "en", 1),
        ("mechanism", "Effets indésirables", "fr", 0),
        ("tests_before", "During treatment", "en", 0),
    ],
)
def test_headings_announce_facets(
    name: str, heading: str, language: Language, expected: float
) -> None:
    assert said_by_heading(facets()[name], heading, language) == expected


@pytest.mark.parametrize(
    ("name", "sentence", "language", "expected"),
    [
        ("definition", "Un xamoïde est une molécule qui ressemble à une autre.", "fr", 1),
        ("definition", "The term xamoid refers to a look-alike.", "en", 1),
        ("definition", "Il faut alors le refaire.", "fr", 0),
        ("dose", "Take 5 mg/kg in the morning.", "en", 1),
        ("dose", "Un comprimé est avalé chaque matin.", "fr", 0.5),
        ("dose", "It is given in the morning.", "en", 0),
        ("duration", "La sortie se fait en dix à quatorze jours.", "fr", 1),
        ("duration", "It is kept for at least eighteen months.", "en", 1),
        ("frequency", "Il se prend une seule fois par semaine.", "fr", 1),
        ("frequency", "It occurs in 15 % of patients.", "en", 1),
        ("contraindications", "Il ne doit pas être donné en cas de grossesse.", "fr", 1),
        ("contraindications", "Live vaccines must not be given.", "en", 1),
        ("may_i", "L'allaitement est possible.", "fr", 1),
        ("difference", "The first is oral, whereas the second is injected.", "en", 1),
        ("cause", "Elle est due à un virus.", "fr", 1),
        ("why", "It is stopped because it delays healing.", "en", 1),
    ],
)
def test_sentences_answer_facets(
    name: str, sentence: str, language: Language, expected: float
) -> None:
    passage = Passage(
        document_id="d",
        start=0,
        end=len(sentence),
        text=sentence,
        language=language,
        units=(Unit(start=0, end=len(sentence)),),
    )
    assert looks_of(passage, [facets()[name]]).answers.tolist() == [expected]
