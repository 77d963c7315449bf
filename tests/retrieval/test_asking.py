"""Questions read as framing, facets and subject."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.retrieval.asking import read
from qa.retrieval.facets import facets

QUESTIONS = Path(__file__).parents[2] / "evaluation" / "questions" / "natural.jsonl"


def facets_of(text: str) -> list[str]:
    return [facet.name for facet in read(text).facets]


@pytest.mark.parametrize(
    ("text", "names", "subject"),
    [
        ("What are the side effects of drug X?", "adverse_effects", "drug X"),
        ("side effects xamab", "adverse_effects", "xamab"),
        ("xamab side effects", "adverse_effects", "xamab"),
        ("le xamab a-t-il des effets secondaires ?", "adverse_effects", "xamab"),
        ("does xamab have side effects?", "adverse_effects", "xamab"),
        ("effets secondaires du xamab", "adverse_effects", "xamab"),
        ("Quels sont les principaux effets indésirables du xamab ?", "adverse_effects", "xamab"),
        ("xamab : effets indésirables ?", "adverse_effects", "xamab"),
        ("how does xamab work", "mechanism", "xamab"),
        ("comment agit le xamab ?", "mechanism", "xamab"),
        ("mode d'action du xamab", "mechanism", "xamab"),
        ("what is a xamoid", "definition", "xamoid"),
        ("c'est quoi un xamoïde ?", "definition", "xamoïde"),
        ("xamoïde c'est quoi", "definition", "xamoïde"),
        ("Qu'est-ce qu'un xamoïde ?", "definition", "xamoïde"),
        ("Que sont les xamoïdes ?", "definition", "xamoïdes"),
        ("xamab: dose?", "dose", "xamab"),
        ("À quelle dose donne-t-on le xamab ?", "dose", "donne-t-on le xamab"),
        ("combien de temps dure une xamose", "duration", "dure une xamose"),
        ("how long does xamosis last?", "duration", "xamosis"),
        ("tous les combien de temps faut-il doser le xamol ?", "frequency", "doser le xamol"),
        ("peut-on boire du lait sous xamab ?", "may_i", "boire du lait sous xamab"),
        ("can I drink milk on xamab", "may_i", "drink milk on xamab"),
        ("difference between xamab and yimab", "difference", "xamab and yimab"),
        ("xamab vs yimab", "difference", "xamab yimab"),
        ("Who discovered the xam gene?", "history", "xam gene"),
        ("pourquoi la xamose récidive", "why", "xamose récidive"),
        ("traitement de la xamose", "treatment", "xamose"),
        ("managment of xamosis", "treatment", "xamosis"),
        ("xamose, conduite à tenir ?", "treatment", "xamose"),
        ("bilan avant xamab", "tests_before", "xamab"),
        ("quels examens faire avant de débuter le xamab ?", "tests_before", "xamab"),
        ("que surveiller sous xamab", "monitoring", "xamab"),
        ("contre-indications du xamab", "contraindications", "xamab"),
        ("Which patients should not receive xamab?", "contraindications", "receive xamab"),
        ("complicatons of xamosis", "complications", "xamosis"),
        ("quels sont les signes de gravité d'une xamose ?", "signs", "gravité d'une xamose"),
        ("Quels sont les stades de la xamose ?", "types", "xamose"),
        ("exemples de xamoïdes", "examples", "xamoïdes"),
        ("étapes de la xamographie", "steps", "xamographie"),
        ("xamab target", "target", "xamab"),
        ("Quelle est la prévalence de la xamose ?", "epidemiology", "xamose"),
        ("What are the causes and the signs of xamosis?", "cause signs", "xamosis"),
        (
            "Quelle est la cible du xamab et son risque principal ?",
            "target adverse_effects",
            "xamab",
        ),
        ("What is the XAM and who votes on it?", "definition who", "XAM votes"),
    ],
)
def test_words_that_ask_are_no_words_of_the_subject(text: str, names: str, subject: str) -> None:
    question = read(text)
    assert [facet.name for facet in question.facets] == names.split()
    assert question.subject == subject


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("cancers secondaires après autogreffe", "", "cancers secondaires après autogreffe"),
        ("xamab work-up", "tests_before", "xamab"),
        ("first-line xamab in xamosis", "", "first-line xamab in xamosis"),
        ("vaccines before treatment with xamab", "", "treatment"),
        ("infection sous traitement", "", "traitement"),
        ("what should we measure before treatment with xamab?", "tests_before", "treatment"),
        ("What happens if I stop because of side effects?", "complications", "side effects"),
        ("Which drug causes pleural effusion?", "examples", "pleural effusion"),
        ("arrêt à cause des effets secondaires", "", "effets secondaires"),
        ("Quel anticorps cible CD20 ?", "examples", "cible CD20"),
        ("What is the role of X in xamab action?", "mechanism", "xamab action"),
        ("Quel est le prix d'un traitement par xamab ?", "cost", "traitement par xamab"),
        ("Le traitement ne marche plus, pourquoi ?", "why", "traitement ne marche"),
        ("qu'est-ce qu'un traitement de fond ?", "definition", "traitement de fond"),
        ("Why does blocking X cause more toxicity?", "why", "toxicity"),
    ],
)
def test_a_word_asks_only_where_a_question_asks(text: str, names: str, kept: str) -> None:
    question = read(text)
    assert [facet.name for facet in question.facets] == names.split()
    assert kept in question.subject


@pytest.mark.parametrize(
    "text", ["Effets secondaires ?", "and its toxicity?", "which drugs?", "et la durée ?", "Why?"]
)
def test_a_facet_of_nothing_is_told(text: str) -> None:
    question = read(text)
    assert question.bare
    assert question.facet is question.facets[0]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("tell me about vaccines", "vaccines"),
        ("Je voudrais savoir svp : xamab", "xamab"),
        ("Bonjour, pouvez-vous me parler de la xamose ?", "xamose"),
        ("what about lentivirus?", "lentivirus"),
        ("Et l'allogreffe ?", "allogreffe"),
        ("les cellules CAR-T", "cellules CAR-T"),
        ("IDR", "IDR"),
    ],
)
def test_framing_counts_nothing(text: str, subject: str) -> None:
    assert read(text).subject == subject


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("Bonjour", "greeting", ""),
        ("salut ça va ?", "greeting", ""),
        ("ok thanks", "thanks", ""),
        ("merci beaucoup", "thanks", ""),
        ("What can you do?", "about", ""),
        ("De quoi parlent ces documents ?", "about", ""),
        ("Résume le cours sur les greffes", "summary", "greffes"),
        ("Summarise the checkpoint inhibitor course", "summary", "checkpoint inhibitor"),
        ("Donne-moi un QCM sur les CAR-T", "quiz", "CAR-T"),
        ("more details please", "more", ""),
        ("explique plus simplement", "more", ""),
        ("Bonjour, quels sont les signes d'une xamose ?", None, "xamose"),
        ("when can I resume xamab?", None, "resume xamab"),
    ],
)
def test_what_is_no_question_on_the_documents_has_a_kind(
    text: str, kind: str | None, subject: str
) -> None:
    question = read(text)
    assert question.kind == kind
    assert question.subject == subject
    assert not (kind and question.facets)


def test_only_the_languages_given_are_read() -> None:
    assert facets_of("posologie du xamab") == ["dose"]
    assert not read("posologie du xamab", ("en",)).facets


@given(st.text(max_size=80))
def test_spans_are_words_of_the_text(text: str) -> None:
    question = read(text)
    spans = sorted(question.framing + question.asked)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(word in text for word in question.subject.split())


@pytest.mark.parametrize("word", ["what ", "how does ", "quel est ce ", "xamab, "])
def test_a_long_text_is_read_in_time_that_grows_with_its_length(word: str) -> None:
    read(word)

    def seconds(length: int) -> float:
        began = time.process_time()
        read((word * length)[:length])
        return time.process_time() - began

    short, long = (min(seconds(length) for _ in range(3)) for length in (2_500, 10_000))
    assert long < max(20 * short, 0.5)


def test_natural_questions_are_read_as_labelled() -> None:
    """Of those that may be tuned on, and have a facet of the list."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    labelled = [row for row in rows if row["split"] == "fit" and row["facet"] in facets()]
    read_right = [row for row in labelled if facets_of(row["question"])[:1] == [row["facet"]]]
    assert len(read_right) >= 0.95 * len(labelled)
