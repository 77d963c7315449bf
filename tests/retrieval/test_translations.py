"""What the lexicon has for the words of a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from qa.analysis.lexicon import Entry
from qa.engine import Engine
from qa.models import Language
from qa.retrieval.terms import Member
from qa.retrieval.translations import Translator, entry_weight

EngineOf = Callable[..., Engine]
Held = Callable[[Callable[[str], object], str], Callable[[], bool]]

ENGLISH = (
    "The antigen of the blood is on the cell of the patient.",
    "The pump is used by the mothers at home, and the zorg too.",
    "The cytokine release syndrome (CRS) is feared by all.",
)
FRENCH = (
    "Le foie fabrique des protéines, les globules rouges transportent de l'oxygène.",
    "La rate filtre les globules ; le rein élimine les déchets et règle la pression.",
    "Le cœur envoie le liquide vers les poumons, qui le chargent à chaque inspiration.",
)
PAIRS = (("zorglub", "antigen"), ("zorglub bleu", "pump"), ("blip", "blood cell"))


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf) -> Engine:
    return engine_of(*ENGLISH, *FRENCH, pairs=PAIRS)


@pytest.fixture
def translator(engine: Engine) -> Translator:
    return Translator(engine.index.lexicon, engine.settings.ranking)


def translated(
    translator: Translator, *readings: Sequence[str], languages: Sequence[Language] = ("fr",)
) -> list[list[tuple[str, ...]]]:
    """By word, the targets of its translations."""
    found = translator.translations(readings, languages)
    return [[one.entry.target for one in some] for some in found]


def words(engine: Engine, members: Sequence[Member]) -> dict[str, float]:
    return {engine.index.lexicon.vocabulary[member.term]: member.weight for member in members}


@pytest.mark.parametrize(
    ("terms", "targets"),
    [
        ([], []),
        (["quux"], [[]]),
        (["zorglub"], [[("antigen",)]]),
        (["quux", "blip"], [[], [("blood", "cell")]]),
        (["zorglub", "bleu"], [[("antigen",), ("pump",)], [("pump",)]]),
        (["bleu", "zorglub"], [[], [("antigen",)]]),
        (["zorglub", "quux", "bleu"], [[("antigen",)], [], []]),
        (["zorglub", "zorglub"], [[("antigen",)], [("antigen",)]]),
    ],
)
def test_a_word_has_the_translations_of_all_phrases_it_is_part_of(
    translator: Translator, terms: list[str], targets: list[list[tuple[str, ...]]]
) -> None:
    assert translated(translator, terms) == targets


def test_a_phrase_is_found_when_its_first_word_is_remembered(translator: Translator) -> None:
    first = translator.translations([["zorglub"]], ["fr"])
    both = translator.translations([["zorglub", "bleu"]], ["fr"])
    assert [one.entry.target for one in both[1]] == [("pump",)]
    assert both[0][0] is first[0][0]


def test_what_is_remembered_is_of_one_language(translator: Translator) -> None:
    assert translated(translator, ["antigen"], languages=["fr"]) == [[]]
    assert ("zorglub",) not in translated(translator, ["antigen"], languages=["en"])[0]
    assert translated(translator, ["zorglub"], languages=["en"]) == [[]]
    assert translated(translator, ["zorglub"], languages=["fr"]) == [[("antigen",)]]


def test_what_is_remembered_is_forgotten_in_the_end_and_found_again(
    translator: Translator, held: Held
) -> None:
    remembered = held(lambda term: translated(translator, [term, "bleu"]), "zorglub")
    assert remembered()
    translated(translator, [f"quux{number}" for number in range(70_000)])
    assert not remembered()
    assert translated(translator, ["zorglub", "bleu"]) == [[("antigen",), ("pump",)], [("pump",)]]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("globul", True),  # only French documents have it
        ("zorg", False),  # only English ones do
        ("zorglub", False),  # none does
    ],
)
def test_in_the_other_language_only_words_that_are_mostly_of_it_are_read(
    engine_of: EngineOf, term: str, found: bool
) -> None:
    pairs = [("globule", "antigen"), ("zorg", "antigen"), ("zorglub", "antigen")]
    engine = engine_of(*ENGLISH, *FRENCH, pairs=pairs)
    translator = Translator(engine.index.lexicon, engine.settings.ranking)
    (some,) = translated(translator, ["quux"], [term], languages=["en", "fr"])
    assert (("antigen",) in some) is found


@pytest.mark.parametrize(
    ("terms", "weights"),
    [
        (["zorglub"], {"antigen": 0.6}),
        (["blip"], {"blood": 0.3, "cell": 0.3}),
        (["quux"], {}),
        (["zorglub", "bleu"], {"antigen": 0.6}),
    ],
)
def test_terms_by_themselves_have_no_phrases(
    engine: Engine, translator: Translator, terms: list[str], weights: dict[str, float]
) -> None:
    assert words(engine, translator.members(terms, "fr")) == pytest.approx(weights)


def test_terms_by_themselves_are_not_remembered(translator: Translator, held: Held) -> None:
    assert not held(lambda term: translator.members([term], "fr"), "zorglub")()


def test_an_acronym_leads_to_its_words_and_they_to_it(engine: Engine) -> None:
    translator = Translator(engine.index.lexicon, engine.settings.ranking)
    long = ["cytokin", "releas", "syndrom"]
    short, *spelt = translator.translations([["crs", *long]], ["en"])
    targets = {one.entry.target: one for one in short if one.entry.via == "acronym"}
    assert words(engine, targets[tuple(long)].members) == pytest.approx(
        dict.fromkeys(long, engine.settings.ranking.acronym_weight / 3)
    )
    for some in spelt:
        assert ("crs",) in [one.entry.target for one in some]


@pytest.mark.parametrize(
    ("texts", "via", "target", "weight"),
    [
        ((*ENGLISH, *FRENCH), "glossary", ("antigen",), 0.5),
        ((*ENGLISH, *FRENCH), "glossary", ("blood", "cell"), 0.25),
        ((*ENGLISH, *FRENCH), "acronym", ("antigen",), 0.4),
        (ENGLISH, "glossary", ("antigen",), 0.9),
        (ENGLISH, "glossary", ("blood", "cell"), 0.45),
        (ENGLISH, "acronym", ("antigen",), 0.4),
        (FRENCH, "glossary", ("antigen",), 0.5),
    ],
)
def test_a_translation_weighs_more_where_nearly_all_is_in_its_language(
    engine_of: EngineOf,
    texts: tuple[str, ...],
    via: str,
    target: tuple[str, ...],
    weight: float,
) -> None:
    engine = engine_of(*texts, glossary_weight=0.5, lone_glossary_weight=0.9, acronym_weight=0.4)
    entry = Entry("fr", ("quux",), "en", target, "acronym" if via == "acronym" else "glossary")
    assert entry_weight(entry, engine.index.lexicon, engine.settings.ranking) == pytest.approx(
        weight
    )


def test_a_medicine_is_found_by_its_kind_as_the_documents_give_it(engine_of: EngineOf) -> None:
    engine = engine_of(
        "TNF inhibitors (infliximab, adalimumab) are antibodies.",
        "Breastfeeding is possible under TNF inhibitors.",
        "Breastfeeding is not advised under methotrexate.",
    )
    by_kind, other = engine.search("breastfeeding on adalimumab", k=3)[1:]
    assert by_kind.passage.text == "Breastfeeding is possible under TNF inhibitors."
    assert "kind" in {term.via for term in by_kind.terms}
    assert "kind" not in {term.via for term in other.terms}


def test_a_phrase_that_stands_for_a_word_is_said_where_all_of_it_is(engine_of: EngineOf) -> None:
    engine = engine_of(
        "Transplantation autologue : le greffon vient du patient. Une autogreffe est faite.",
        "An autologous drug. A transplant is a graft.",
        "An autologous transplant comes from the patient.",
        pairs=[("autogreffe", "autologous transplant")],
    )
    hits = engine.search("autogreffe")
    scores = {hit.passage.text: hit.confidence for hit in hits}
    whole, apart = (next(s for t, s in scores.items() if word in t) for word in ("comes", "drug"))
    assert whole > apart
