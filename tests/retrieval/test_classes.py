"""Question words to classes of terms: the word, its look-alikes, its translations."""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Any

import pytest

from qa.engine import Engine
from qa.models import Via
from qa.retrieval.question import parse_question
from qa.retrieval.terms import Member, TermClass, query_vector

EngineOf = Callable[..., Engine]

ENGLISH = (
    "The antibody binds to the antigen on the cell.",
    "Antibodies of the blood fight the infection.",
    "The antibiotic kills the bacteria of the skin.",
    "A breast pump is used by the mothers at home.",
    "The CAR T cells are made from the blood of the patient.",
)


FRENCH = (
    "Le foie fabrique des protéines, les globules rouges transportent de l'oxygène.",
    "La rate filtre les globules ; le rein élimine les déchets et règle la pression.",
    "Le cœur envoie le liquide vers les poumons, qui le chargent à chaque inspiration.",
)


def classes_of(engine: Engine, question: str) -> tuple[TermClass, ...]:
    parsed = parse_question(question)
    return engine.class_builder.build(parsed.words, parsed.languages)


def words_of(engine: Engine, question: str) -> list[str]:
    return [term_class.word for term_class in classes_of(engine, question)]


def weights(engine: Engine, term_class: TermClass) -> dict[str, tuple[float, Via]]:
    return {
        engine.index.lexicon.vocabulary[member.term]: (member.weight, member.via)
        for member in term_class.members
    }


@pytest.fixture(scope="module")
def english(engine_of: EngineOf) -> Engine:
    return engine_of(*ENGLISH)


@pytest.fixture(scope="module")
def generous(engine_of: EngineOf) -> Engine:
    """Finds look-alikes that are less alike than usual."""
    return engine_of(*ENGLISH, neighbour_similarity=0.2, exact_damping=0.5)


def test_the_word_itself_beats_its_look_alikes(generous: Engine) -> None:
    (term_class,) = classes_of(generous, "What is an antibody?")
    found = weights(generous, term_class)
    assert found["antibodi"] == (1.0, "exact")
    assert next(iter(found)) == "antibodi"
    weight, via = found["antibiot"]
    assert via == "similar"
    assert 0 < weight < 1


@pytest.mark.parametrize(
    ("question", "form", "damping"), [("antibody", "antibodi", 0.5), ("antibodyx", "antibodyx", 1)]
)
def test_look_alikes_weigh_the_square_of_their_cosine_damped_beside_the_word(
    generous: Engine, question: str, form: str, damping: float
) -> None:
    number = generous.index.lexicon.vocabulary.number("antibiot")
    assert number is not None
    cosine = float(generous.index.lexicon.ngrams.similarity(form)[number])
    (term_class,) = classes_of(generous, f"the {question}")
    weight, via = weights(generous, term_class)["antibiot"]
    assert via == "similar"
    assert weight == pytest.approx(damping * cosine**2)


def test_a_misspelt_word_finds_the_word(english: Engine) -> None:
    (term_class,) = classes_of(english, "the bacterria")
    assert next(iter(weights(english, term_class))) == "bacterium"


@pytest.mark.parametrize("most", [0, 1, 2])
def test_there_are_at_most_so_many_look_alikes(engine_of: EngineOf, most: int) -> None:
    words = "neuropath nephropath neuropathi nephropathi myopathi"
    engine = engine_of(f"The {words}.", neighbours=most, neighbour_similarity=0.1)
    (term_class,) = classes_of(engine, "the neuropath")
    assert sum(member.via == "similar" for member in term_class.members) == most


@pytest.mark.parametrize(
    ("question", "document_frequency"),
    [("antibody", 3), ("infection", 1), ("blood", 2), ("zorglub", 0)],
)
def test_the_idf_is_that_of_the_union(
    generous: Engine, question: str, document_frequency: int
) -> None:
    (term_class,) = classes_of(generous, f"the {question}")
    missing = len(ENGLISH) - document_frequency
    assert term_class.idf == pytest.approx(log(1 + (missing + 0.5) / (document_frequency + 0.5)))


def test_a_rare_spelling_counts_no_more_than_the_common_one(english: Engine) -> None:
    (rare,) = classes_of(english, "the antibodie")
    (common,) = classes_of(english, "the antibodies")
    assert rare.idf == pytest.approx(common.idf)


def test_a_word_that_no_document_has_is_a_class_without_members(english: Engine) -> None:
    (known, unknown) = classes_of(english, "the blood of the zorglub")
    assert known.members
    assert unknown.word == "zorglub"
    assert unknown.members == ()
    assert unknown.mass > known.mass


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Waht is teh blood?", ["blood"]),
        ("WHAT IS THE BLOOD?", ["blood"]),
        ("what about fever", ["fever"]),
        ("the hand", ["hand"]),
        ("the HAV", ["HAV"]),
        ("à quoi sert le sang dasn la peau ?", ["sert", "sang", "peau"]),
    ],
)
def test_unknown_misspelt_function_words_are_dropped_but_no_real_word_is(
    english: Engine, question: str, words: list[str]
) -> None:
    assert words_of(english, question) == words


def test_a_known_word_is_kept_however_like_a_function_word(engine_of: EngineOf) -> None:
    engine = engine_of("The teh is a letter of the alphabet.")
    assert words_of(engine, "what is the teh") == ["teh"]


def test_a_capital_function_word_is_a_name(english: Engine) -> None:
    assert words_of(english, "what are CAR T cells") == ["CAR", "T", "cells"]
    assert [bool(c.members) for c in classes_of(english, "what are CAR T cells")] == [True] * 3


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("the CAR-T cells", ["CAR-T", "CAR-T", "cells"]),
        ("zorglub-quantic cells", ["zorglub-quantic", "zorglub-quantic", "cells"]),
        ("a B-RAF mutation", ["B-RAF", "B-RAF", "mutation"]),
    ],
)
def test_a_compound_counts_by_its_parts_where_no_document_joins_them(
    english: Engine, question: str, words: list[str]
) -> None:
    assert words_of(english, question) == words


def test_a_compound_finds_its_spelling_in_one_word_and_the_reverse(engine_of: EngineOf) -> None:
    joined = engine_of("The BRAF gene is mutated.")
    assert "braf" in weights(joined, classes_of(joined, "the B-RAF gene")[0])
    hyphenated = engine_of("The B-RAF gene is mutated.")
    assert "braf" in weights(hyphenated, classes_of(hyphenated, "the BRAF gene")[0])


class TestTranslations:
    """What the lexicon adds to a class."""

    @pytest.mark.parametrize(("others", "weight"), [((), 1.0), (FRENCH, 0.6)])
    def test_a_word_stands_for_its_translation_in_full_where_all_is_in_that_language(
        self, engine_of: EngineOf, others: tuple[str, ...], weight: float
    ) -> None:
        engine = engine_of(*ENGLISH, *others, glossary_weight=0.6)
        (term_class,) = classes_of(engine, "les anticorps")
        found, via = weights(engine, term_class)["antibodi"]
        assert via == "glossary"
        assert found == pytest.approx(weight)

    def test_the_glossary_can_be_switched_off(self, engine_of: EngineOf) -> None:
        engine = engine_of(*ENGLISH, glossary_weight=0, lone_glossary_weight=0)
        (term_class,) = classes_of(engine, "les anticorps")
        assert "glossary" not in [member.via for member in term_class.members]

    @pytest.mark.parametrize(
        "question", ["le rôle du sang", "le rôle de la peau", "Comment le sein ?"]
    )
    def test_real_words_like_function_words_are_translated(
        self, english: Engine, question: str
    ) -> None:
        last = classes_of(english, question)[-1]
        assert [member.via for member in last.members] == ["glossary"]

    def test_a_longer_translation_is_shared_out(self, engine_of: EngineOf) -> None:
        engine = engine_of(*ENGLISH, *FRENCH, pairs=[("zorglub", "blood infection")])
        (term_class,) = classes_of(engine, "le zorglub")
        share = engine.settings.ranking.glossary_weight / 2
        found = weights(engine, term_class)
        assert set(found) == {"blood", "infect"}
        assert all(weight == pytest.approx(share) for weight, _ in found.values())

    def test_an_entry_of_several_words_belongs_to_each(self, engine_of: EngineOf) -> None:
        engine = engine_of(*ENGLISH, pairs=[("zorglub bleu", "antigen")])
        for term_class in classes_of(engine, "le zorglub bleu"):
            assert weights(engine, term_class)["antigen"][1] == "glossary"
        for term_class in classes_of(engine, "le bleu zorglub"):
            assert "antigen" not in weights(engine, term_class)

    def test_a_hyphenated_word_is_translated(self, engine_of: EngineOf) -> None:
        engine = engine_of(*ENGLISH, pairs=[("zor-glub", "antigen")])
        for term_class in classes_of(engine, "le zor-glub"):
            assert "antigen" in weights(engine, term_class)

    def test_what_both_languages_write_alike_is_exact(self, engine_of: EngineOf) -> None:
        engine = engine_of("The antigen is on the cell.", pairs=[("antigen", "antigen")])
        (term_class,) = classes_of(engine, "the antigen")
        assert weights(engine, term_class)["antigen"] == (1.0, "exact")

    def test_a_translation_counts_as_far_as_the_term_is_of_its_language(
        self, engine_of: EngineOf
    ) -> None:
        # `coin` is a corner in French: two passages of three are not about what `zorglub` is.
        engine = engine_of(
            "The coin of the patient is lost.",
            "Le coin de la chambre est sombre pour le patient.",
            "Le coin le plus calme est dans la cuisine de la maison.",
            pairs=[("zorglub", "coin")],
        )
        (term_class,) = classes_of(engine, "le zorglub")
        weight, via = weights(engine, term_class)["coin"]
        assert via == "glossary"
        assert weight == pytest.approx(engine.settings.ranking.glossary_weight / 3)

    def test_a_homograph_of_the_other_language_is_no_translation(self, engine_of: EngineOf) -> None:
        engine = engine_of("Le pain est un aliment que le patient mange.")
        (term_class,) = classes_of(engine, "la douleur")
        assert "pain" not in weights(engine, term_class)

    @pytest.mark.parametrize(
        ("texts", "via"),
        [
            (["La porphyria est un mot que le médecin de la ville ignore."], "similar"),
            (["The porphyri is a word that the doctor of the town ignores."], "exact"),
        ],
    )
    def test_a_word_stemmed_by_the_other_language_is_exact_where_it_is_of_it(
        self, engine_of: EngineOf, texts: list[str], via: Via
    ) -> None:
        # The French stem is `porphyr`, the English one `porphyri`.
        engine = engine_of(*texts)
        (term_class,) = classes_of(engine, "la porphyrie")
        assert weights(engine, term_class)["porphyri"][1] == via


def test_a_medicine_stands_for_its_kind_and_is_as_rare_as_what_nothing_has(
    engine_of: EngineOf,
) -> None:
    engine = engine_of(
        "Diuretics are stopped before the test.",
        "Diuretics and salt do not go together.",
        "The weather is fine and the sun shines today.",
    )
    medicine, unknown = classes_of(engine, "furosemide zorglub")
    weight, via = weights(engine, medicine)["diuret"]
    assert (weight, via) == (engine.settings.ranking.kind_weight, "kind")
    assert medicine.idf == unknown.idf


class TestAcronyms:
    """What the documents explain joins the class."""

    TEXTS = (
        "The marrow release syndrome (MRS) is feared by all.",
        "MRS is treated with tocilizumab in the ward.",
        "The weather is fine and the sun shines today.",
    )

    def test_an_acronym_stands_for_its_words(self, engine_of: EngineOf) -> None:
        engine = engine_of(*self.TEXTS)
        (term_class,) = classes_of(engine, "What is MRS?")
        found = weights(engine, term_class)
        assert found["mrs"] == (1.0, "exact")
        for term in ("marrow", "releas", "syndrom"):
            weight, via = found[term]
            assert via == "acronym"
            assert weight == pytest.approx(engine.settings.ranking.acronym_weight / 3)

    def test_the_words_stand_for_their_acronym(self, engine_of: EngineOf) -> None:
        engine = engine_of(*self.TEXTS)
        for term_class in classes_of(engine, "What is the marrow release syndrome?"):
            weight, via = weights(engine, term_class)["mrs"]
            assert via == "acronym"
            assert weight == pytest.approx(engine.settings.ranking.acronym_weight)

    def test_their_translation_stands_for_it_too(self, engine_of: EngineOf) -> None:
        pairs = [("zorg", "marrow"), ("glub", "release"), ("blip", "syndrome")]
        engine = engine_of(*self.TEXTS, *FRENCH, pairs=pairs)
        expected = engine.settings.ranking.acronym_weight * engine.settings.ranking.glossary_weight
        for term_class in classes_of(engine, "le blip du glub de zorg"):
            weight, via = weights(engine, term_class)["mrs"]
            assert via == "acronym"
            assert weight == pytest.approx(expected)
        for term_class in classes_of(engine, "le blip de zorg"):
            assert "mrs" not in weights(engine, term_class)

    def test_some_of_the_words_do_not(self, engine_of: EngineOf) -> None:
        engine = engine_of(*self.TEXTS)
        for term_class in classes_of(engine, "What is the release syndrome?"):
            assert "mrs" not in weights(engine, term_class)


@pytest.mark.parametrize(
    ("question", "framing"),
    [
        ("Describe the antibody", ["Describe"]),
        ("Connaître les anticorps", ["Connaître"]),
        ("Définir et expliquer les anticorps", ["Définir", "expliquer"]),
        ("the antibody binds", []),
    ],
)
def test_words_that_set_the_task_weigh_less(
    english: Engine, question: str, framing: list[str]
) -> None:
    classes = classes_of(english, question)
    assert [c.word for c in classes if c.framing] == framing
    for term_class in classes:
        expected = english.settings.ranking.framing_weight if term_class.framing else 1.0
        assert term_class.weight == expected
        assert term_class.mass == pytest.approx(term_class.idf * term_class.rarity * expected)


@pytest.mark.parametrize(
    ("question", "common", "rare"),
    [
        ("Who must decide on the immunoglobulin?", "decide", "immunoglobulin"),
        ("Qui décide des immunoglobulines ?", "décide", "immunoglobulines"),
        ("Is it the act of rituximab?", "act", "rituximab"),
        ("the work of the AIDS", "work", "AIDS"),
    ],
)
def test_words_that_are_common_in_their_language_count_less(
    english: Engine, question: str, common: str, rare: str
) -> None:
    by_word = {c.word: c for c in classes_of(english, question)}
    # None of them is in the documents, so that they are of one idf.
    assert by_word[common].idf == by_word[rare].idf
    assert by_word[common].mass < by_word[rare].mass
    assert by_word[rare].rarity == 1


def test_rarity_counts_less_where_passages_are_many(engine_of: EngineOf) -> None:
    few, many = engine_of(ENGLISH[0]), engine_of(*(ENGLISH[0] for _ in range(300)))
    strict = engine_of(ENGLISH[0], rarity_weight=0)
    (here,), (there,), (off,) = (classes_of(e, "decide") for e in (few, many, strict))
    assert here.rarity < there.rarity < off.rarity == 1


def test_members_are_distinct_and_best_first(english: Engine) -> None:
    for question in ("antibodies of the blood", "les anticorps du sang", "antibioticss"):
        for term_class in classes_of(english, question):
            terms = [member.term for member in term_class.members]
            assert len(set(terms)) == len(terms)
            order = [(-member.weight, member.term) for member in term_class.members]
            assert order == sorted(order)
            assert all(0 < member.weight <= 1 for member in term_class.members)


def test_classes_do_not_depend_on_what_was_asked_before(engine_of: EngineOf) -> None:
    asked, fresh = engine_of(*ENGLISH), engine_of(*ENGLISH)
    for question in ("the antibody", "les anticorps", "antibody and blood"):
        classes_of(asked, question)
    assert classes_of(asked, "antibodies, blood") == classes_of(fresh, "antibodies, blood")


def term_class(idf: float, weight: float, *members: tuple[int, float]) -> TermClass:
    found: list[Any] = [Member(term=term, weight=w, via="exact") for term, w in members]
    return TermClass(word="w", idf=idf, weight=weight, members=tuple(found))


@pytest.mark.parametrize(
    ("classes", "vector"),
    [
        ([], {}),
        ([term_class(2.0, 1.0)], {}),
        ([term_class(2.0, 1.0, (7, 1.0), (3, 0.5))], {3: 1.0, 7: 2.0}),
        ([term_class(2.0, 1.0, (3, 1.0)), term_class(4.0, 0.5, (3, 0.5))], {3: 3.0}),
    ],
)
def test_the_question_is_a_sparse_vector(
    classes: list[TermClass], vector: dict[int, float]
) -> None:
    assert query_vector(classes) == vector
    assert list(query_vector(classes)) == sorted(vector)


def test_of_a_very_long_word_only_what_is_read_is_kept(english: Engine) -> None:
    (term_class,) = classes_of(english, f"the {'zorg' * 2000}")
    assert term_class.word == "zorg" * 16


def test_a_word_is_guessed_if_it_stands_only_for_what_it_looks_like(generous: Engine) -> None:
    known, alike, unknown = classes_of(generous, "the antibody, the antibodyx, the zorglub")
    assert [known.guessed, alike.guessed, unknown.guessed] == [False, True, False]
    assert alike.members


def test_words_that_are_looked_up_ahead_are_the_same(engine_of: EngineOf) -> None:
    text = "Antibodies bind the antigen of the blood cells."
    pairs = [("anticorps", "antibody"), ("cellule sanguine", "blood cell")]
    ahead, later = engine_of(text, pairs=pairs), engine_of(text, pairs=pairs)
    questions = ["anticorps et cellules sanguines", "antigènes", "antibodys"]
    ahead.class_builder.learn(questions, ("fr", "en"))
    for question in questions:
        learnt, found = (e.class_builder.build(question, ("fr", "en")) for e in (ahead, later))
        assert [c.word for c in learnt] == [c.word for c in found]
        for one, other in zip(learnt, found, strict=True):
            assert [(m.term, m.via) for m in one.members] == [
                (m.term, m.via) for m in other.members
            ]
            weights = [m.weight for m in other.members]
            assert [m.weight for m in one.members] == pytest.approx(weights, abs=1e-5)


@pytest.mark.parametrize(("question", "term"), [("class 3", "iii"), ("class III", "3")])
def test_roman_and_arabic_numerals_stand_for_each_other(
    engine_of: EngineOf, question: str, term: str
) -> None:
    engine = engine_of("The class III of it, the class 3 of that, the class II.")
    numeral = engine.class_builder.build(question, ("en",))[-1]
    vocabulary = engine.index.lexicon.vocabulary
    assert {vocabulary[m.term]: m.via for m in numeral.members}[term] == "meaning"
