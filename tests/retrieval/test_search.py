"""Questions to ranked passages: contributions, order, ties, filters, identifiers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.engine import Engine
from qa.models import Filters, Hit

EngineOf = Callable[..., Engine]

WORDS = st.sampled_from(
    "antibody antibodies anticorps sang blood vaccin vaccine B-RAF BRAF the le describe item 5"
    " CRS (CRS) cell cellule release syndrome cytokine".split()
)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: " ".join(words) + ".")
CORPORA = st.lists(TEXTS, min_size=1, max_size=6)
QUESTIONS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)

few = settings(max_examples=20, deadline=None)


def ids(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.document.id for hit in hits]


@few
@given(texts=CORPORA, question=QUESTIONS)
def test_contributions_add_up_to_the_score(
    engine_of: EngineOf, texts: list[str], question: str
) -> None:
    engine = engine_of(*texts, objectives=["OIC-005-01-A"])
    for hit in engine.search(question, k=20):
        assert fsum(match.contribution for match in hit.terms) == pytest.approx(hit.score, abs=1e-9)
        assert all(match.contribution > 0 for match in hit.terms)
        shares = [match.contribution for match in hit.terms]
        assert shares == sorted(shares, reverse=True)


@few
@given(texts=CORPORA, question=QUESTIONS)
def test_equal_input_gives_equal_bytes(
    engine_of: EngineOf, texts: list[str], question: str
) -> None:
    one, other = engine_of(*texts), engine_of(*texts)
    other.search("antibody of the blood")
    assert repr(one.search(question)) == repr(other.search(question))
    assert repr(one.ask(question)) == repr(other.ask(question))
    assert one.fingerprint == other.fingerprint


@few
@given(texts=CORPORA, question=QUESTIONS)
def test_hits_stand_in_order_and_more_of_them_change_nothing(
    engine_of: EngineOf, texts: list[str], question: str
) -> None:
    engine = engine_of(*texts)
    everything = engine.search(question, k=len(texts) + 1)
    assert [hit.rank for hit in everything] == list(range(1, len(everything) + 1))
    order = [(-hit.score, int(hit.document.id), hit.passage.start) for hit in everything]
    assert order == sorted(order)
    assert all(hit.score > 0 for hit in everything)
    assert all(0 < hit.confidence < 1 for hit in everything)
    for k in range(1, len(texts) + 1):
        assert engine.search(question, k=k) == everything[:k]


def test_equal_passages_are_ranked_in_passage_order(engine_of: EngineOf) -> None:
    # Signs keep them from being copies.
    texts = [f"The antibody binds to the {sign}cell." for sign in ("", "<", ">")]
    engine = engine_of(texts[0], "The weather is fine.", *texts[1:])
    hits = engine.search("What does an antibody bind?")
    assert ids(hits) == ["0", "2", "3"]
    assert len({hit.score for hit in hits}) == 1


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("antibody toxin", "The antibody has a toxin.", "The antibody has a name."),
        ("antibody", "The antibody binds.", "The antibodies of the gut of the man and his dog."),
        (
            "stem cell graft",
            "The stem cell graft is old and it is known by all the doctors.",
            "The graft of a stem is known by all the doctors and the cell is old.",
        ),
        ("stem cell", "The stem cell.", "The stemcell."),
        ("zorglub binds", "The zorglub acts here.", "The cell binds here."),
    ],
)
def test_the_better_match_comes_first(
    engine_of: EngineOf, question: str, better: str, worse: str
) -> None:
    filler = ["The cell binds to the wall.", "It binds to another one.", "All of them bind."]
    assert ids(engine_of(*filler, worse, better).search(f"the {question}"))[0] == "4"


PREVALENCE = "It is about one person in a hundred, more in towns, all ages taken together."


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("the prevalence of asthma", "1"),
        ("the prevalence of gout", "2"),
        ("la prévalence de la goutte", "2"),
    ],
)
def test_a_title_leans_on_the_item_of_its_page(
    engine_of: EngineOf, question: str, first: str
) -> None:
    engine = engine_of(
        "The prevalence of falls is said to be high.",
        *[PREVALENCE] * 3,
        titles=["Falls", *["Knowing the prevalence"] * 3],
        items=["Falls", "Asthma", "Gout", "Burns"],
    )
    assert ids(engine.search(question))[0] == first


def test_the_page_whose_title_is_the_question_comes_first(engine_of: EngineOf) -> None:
    texts = (
        "The nodules of cirrhosis are to be measured: nodules of cirrhosis are grave.",
        "Bleeding, ascites and confusion may follow.",
        "It rains on the sea of the north, and on the hills.",
    )
    titles = (
        "Cirrhosis: how its treatment by drugs and transplantation avoids nodules",
        "Nodules of cirrhosis",
        "Rain",
    )
    question = "the nodules of cirrhosis"
    by_words = engine_of(*texts, titles=titles, support_weight=0)
    assert ids(by_words.search(question))[0] == "1"
    without = engine_of(*texts, titles=titles, title_match_weight=0, support_weight=0)
    assert ids(without.search(question))[0] == "0"


def test_what_the_title_adds_is_told(engine_of: EngineOf) -> None:
    (hit,) = engine_of("It binds.", titles=["The antibody"]).search("the antibody")
    told = {match.via: match.contribution for match in hit.terms}
    assert told["title"] > 0
    assert sum(match.contribution for match in hit.terms) == pytest.approx(hit.score)


def test_what_matches_nothing_has_no_hit(engine_of: EngineOf) -> None:
    assert engine_of("The antibody binds.").search("zzz qqq") == ()


def test_an_empty_index_has_no_hit(engine_of: EngineOf) -> None:
    engine = engine_of()
    assert engine.search("What is an antibody?") == ()
    assert engine.search("OIC-005-01-A") == ()
    assert engine.rank_documents("OIC-005-01-A") == ()
    assert engine.rank_passages("What is an antibody?") == ()
    assert engine.read("Why?")[1] == ()
    assert engine.ask("What is an antibody?").abstained_because


def test_every_contribution_says_how_it_was_found(engine_of: EngineOf) -> None:
    engine = engine_of(
        "The antibodies of the blood.", "Le sang est rouge.", objectives=["OIC-005-01-A"]
    )
    (hit, *_) = engine.search("les anticorp du bloood, item 5")
    found = {(match.question_term, match.matched, match.via) for match in hit.terms}
    assert found == {
        ("anticorp", "antibodi", "glossary"),
        ("bloood", "blood", "similar"),
        ("anticorp bloood", "", "proximity"),
        ("anticorp bloood", "", "unit"),
        ("item 005", "item 005", "identifier"),
    }


def test_one_word_is_one_piece_of_evidence(engine_of: EngineOf) -> None:
    texts = ("The antibody antibodyy antibodyyy acts.", "It acts on cells.", "It rains.")
    weights = {"togetherness_weight": 0, "support_weight": 0}
    for repetition in (0.0, 0.3, 1.0):
        engine = engine_of(*texts, repetition_weight=repetition, **weights)
        (hit,) = engine.search("the antibody")
        best, *others = [match.contribution for match in hit.terms]
        sums = sum(others)
        if repetition == 0:
            assert sums < best
        whole = engine_of(*texts, repetition_weight=1, **weights)
        (full,) = whole.search("the antibody")
        weights_of_first = engine.index.forward.read(np.array([0])).weights
        of_best = max(
            weights_of_first([member.term])[0, 0] * member.weight * term_class.mass
            for term_class in engine.class_builder.build("the antibody", ("en", "fr"))
            for member in term_class.members
        )
        assert hit.score == pytest.approx(of_best + repetition * (full.score - of_best), rel=1e-6)


PAGES = (
    "The antibody binds to the antigen.",
    "L'anticorps se lie à l'antigène de la cellule.",
    "The antibody is given to the patient.",
    "The antibody is a protein of the blood.",
)
CODES = ("OIC-005-01-A", "OIC-005-02-B", "OIC-112-01-A", None)


@pytest.fixture(scope="module")
def pages(engine_of: EngineOf) -> Engine:
    return engine_of(*PAGES, objectives=CODES)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), {"0", "1", "2", "3"}),
        (Filters(language=("fr",)), {"1"}),
        (Filters(item=("005",)), {"0", "1"}),
        (Filters(item=("005", "112")), {"0", "1", "2"}),
        (Filters(rank=("A",)), {"0", "2"}),
        (Filters(item=("005",), rank=("A",)), {"0"}),
        (Filters(objective=("OIC-005-02-B",)), {"1"}),
        (Filters(objective=("OIC-005-02",)), {"1"}),
        (Filters(document=("3", "0")), {"0", "3"}),
        (Filters(document=("unknown",)), set()),
        (Filters(document=("'; DROP TABLE documents; --",)), set()),
        (Filters(rank=("B",), language=("en",)), set()),
    ],
)
def test_filters_restrict_the_documents(pages: Engine, filters: Filters, found: set[str]) -> None:
    assert set(ids(pages.search("the antibody", filters=filters))) == found


def test_filters_do_not_change_the_score(pages: Engine) -> None:
    scores = {hit.document.id: hit.score for hit in pages.search("the antibody")}
    for hit in pages.search("the antibody", filters=Filters(rank=("A",))):
        assert hit.score == scores[hit.document.id]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("OIC-005-02-B", ["1"]),
        ("What does oic 005 02 say?", ["1"]),
        ("item 5", ["0", "1"]),
        ("item 5, rang A", ["0"]),
        ("antibody of the patient in item 112", ["2"]),
        ("item 5 and the cellule", ["1", "0"]),
        ("OIC-999-01-A", []),
        ("item 5, item 112, rang B", ["1"]),
    ],
)
def test_identifiers_name_the_pages(pages: Engine, question: str, found: list[str]) -> None:
    assert ids(pages.search(question)) == found


def test_what_an_identifier_adds_is_a_contribution(pages: Engine) -> None:
    (hit,) = pages.search("OIC-005-02-B")
    (match,) = hit.terms
    assert match.via == "identifier"
    assert match.question_term == "OIC-005-02-B"
    assert match.contribution == pytest.approx(hit.score)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("OIC-005-02-B", "1"),
        ("Que dit OIC-005-02-B ?", "1"),
        ("item 112", "2"),
        ("item 112, rank A", "2"),
    ],
)
@pytest.mark.parametrize("caution", ["strict", "eager"])
def test_a_page_that_is_named_alone_is_cited_from_its_beginning(
    engine_of: EngineOf, question: str, cited: str, caution: str
) -> None:
    more = "\n\n".join(
        f"Of the cell number {n} there is much more to say still." for n in range(40)
    )
    engine = engine_of(*(f"{page}\n\n{more}" for page in PAGES), objectives=CODES, caution=caution)
    answer = engine.ask(question)
    assert answer.confidence > engine.model.thresholds["strict"]
    for extract in answer.extracts:
        hit = answer.sources[extract.source - 1]
        assert (hit.document.id, hit.passage.start) == (cited, 0)


def test_a_facet_is_asked_of_the_page_that_is_named(engine_of: EngineOf) -> None:
    pages = (
        "Rain falls on the hill.\n\nAdverse effects are a rash of the skin, and fever at night.",
        "Adverse effects are a cough and pain of the head.",
    )
    engine = engine_of(*pages, objectives=("OIC-005-01-A", "OIC-112-01-A"))
    for answer in (
        engine.ask("What are the side effects in item 5?"),
        engine.ask("What are the side effects?", filters=Filters(item=("005",))),
    ):
        assert answer.abstained_because is None
        assert "rash" in answer.extracts[0].text


def test_few_candidates_are_refined_all_the_same(engine_of: EngineOf) -> None:
    texts = [f"The antibody number {n} of the cell." for n in range(8)]
    engine = engine_of(*texts, candidates=2)
    assert len(engine.search("the antibody", k=5)) == 5
    assert len(engine.rank_passages("the antibody", k=1)) == 1


@pytest.mark.parametrize(
    ("question", "matched"),
    [
        ("hair loss", "alopecia"),
        ("chute des cheveux", "alopecia"),
        ("high blood pressure", "hypertens"),
    ],
)
def test_what_is_said_in_other_words_is_found(
    engine_of: EngineOf, question: str, matched: str
) -> None:
    engine = engine_of(
        "Alopecia comes after some weeks.", "Hypertension is treated.", "It rains a lot."
    )
    best = engine.search(question)[0]
    assert {match.matched for match in best.terms if match.via == "meaning"} == {matched}
    off = replace(engine.settings, ranking=replace(engine.settings.ranking, meaning_weight=0.0))
    vias = {m.via for hit in Engine(engine.index, off).search(question) for m in hit.terms}
    assert "meaning" not in vias
