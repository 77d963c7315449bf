"""Words to terms: what is folded, split, stemmed and left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.languages import WORDS
from qa.analysis.words import LONGEST_SURFACE, Analyser, fold, surfaces, without_elision
from qa.models import Language

LATIN = st.text(st.characters(max_codepoint=0x17F))
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]))
LANGUAGES: st.SearchStrategy[Language] = st.sampled_from(["fr", "en"])

Held = Callable[[Callable[[str], object], str], Callable[[], bool]]


@pytest.fixture(scope="module")
def french() -> Analyser:
    return Analyser("fr")


@pytest.fixture(scope="module")
def english() -> Analyser:
    return Analyser("en")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Été", "ete"),
        ("GARÇON", "garcon"),
        ("Œdème", "oedeme"),
        ("cæcum", "caecum"),
        ("Straße", "strasse"),
        ("ﬁbrose", "fibrose"),
        ("Ångström", "angstrom"),
        ("TNF-α", "tnf-alpha"),
        ("β2", "beta2"),
        ("Δ", "delta"),
        ("5 µg", "5 mug"),
        ("CO₂", "co2"),
        ("İ", "i"),
        ("", ""),
    ],
)
def test_case_accents_ligatures_and_greek_letters_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(LATIN)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LATIN)
def test_composed_and_decomposed_accents_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L'enfant, l’œdème.", ["L'enfant", "l’œdème"]),
        ("B-RAF V600E (positif)", ["B-RAF", "V600E", "positif"]),
        ("3,5 mg à 10.2 %", ["3,5", "mg", "à", "10.2"]),
        ("IL-2/IL-6", ["IL-2", "IL-6"]),
        ("snake_case", ["snake", "case"]),
        ("a - b -- c", ["a", "b", "c"]),
        ("fin. Début", ["fin", "Début"]),
        ("« ? » … 💊 \0", []),
    ],
)
def test_surfaces_are_words_as_written(text: str, found: list[str]) -> None:
    assert surfaces(text) == found


@pytest.mark.parametrize(
    ("surface", "word"),
    [
        ("l'enfant", "enfant"),
        ("L’enfant", "enfant"),
        ("d`eau", "eau"),
        ("qu'il", "il"),
        ("Jusqu'ici", "ici"),
        ("presqu'île", "île"),
        ("aujourd'hui", "aujourd'hui"),
        ("Crohn's", "Crohn's"),
        ("enfant", "enfant"),
    ],
)
def test_elided_articles_are_taken_off(surface: str, word: str) -> None:
    assert without_elision(surface) == word


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Les vaccins vivants", ["vaccin", "viv"]),
        ("l'œdème de l’enfant", ["oedem", "enfant"]),
        ("Qu'est-ce que c'est ?", []),
        ("B-RAF", ["braf", "b", "raf"]),
        ("BRAF", ["braf"]),
        ("contre-indiqué", ["contreindiqu"]),
        ("L'hépatite A. A voir", ["hepatit", "a", "voir"]),
        ("TRAITEMENT A DOMICILE", ["trait", "domicil"]),
        ("anti-TNF", ["antitnf", "anti", "tnf"]),
        ("β-lactamine", ["betalactamin", "beta", "lactamin"]),
        ("anti-inflammatoire", ["anti", "inflammatoir"]),
        ("3,5 mg", ["3.5", "mg"]),
        ("12.25", ["12.25"]),
        ("CAR-T", ["cart", "car", "t"]),
        ("les CAR et les lymphocytes T", ["car", "lymphocyt", "t"]),
        ("car il t a vu", ["vu"]),
        ("Y A", []),
    ],
)
def test_french_text_to_terms(french: Analyser, text: str, terms: list[str]) -> None:
    assert french.terms(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The antibodies bind", ["antibodi", "bind"]),
        ("it's what I have", []),
        ("Crohn's disease", ["crohn", "diseas"]),
        ("a T cell", ["t", "cell"]),
        ("the US", ["us"]),
        ("give us a car", ["give", "car"]),
        ("follow-up", ["followup", "follow"]),
        ("graft-versus-host", ["graft", "versus", "host"]),
        ("10,000 cells", ["10.000", "cell"]),
        ("children with swollen feet", ["child", "swell", "foot"]),
    ],
)
def test_english_text_to_terms(english: Analyser, text: str, terms: list[str]) -> None:
    assert english.terms(text) == terms


@pytest.mark.parametrize(
    ("compound", "plain"),
    [("B-RAF", "BRAF"), ("IL-6", "IL6"), ("HER-2", "HER2"), ("anti‑TNF", "antiTNF")],
)
def test_short_compounds_share_a_term_with_their_spelling_in_one_word(
    french: Analyser, english: Analyser, compound: str, plain: str
) -> None:
    for analyser in (french, english):
        assert set(analyser.terms(plain)) < set(analyser.terms(compound))


@pytest.mark.parametrize(
    ("surface", "term", "is_it"),
    [
        ("B-RAF", "braf", True),
        ("B-RAF", "raf", False),
        ("l'anti-TNF", "antitnf", True),
        ("anti-inflammatoire", "anti", False),
        ("aujourd'hui", "aujourd", False),
        ("BRAF", "braf", False),
    ],
)
def test_the_joined_spelling_is_told_from_its_parts(
    french: Analyser, surface: str, term: str, is_it: bool
) -> None:
    assert french.is_compound(surface, term) is is_it


@pytest.mark.parametrize("language", WORDS)
def test_irregular_forms_share_the_term_of_their_base(language: Language) -> None:
    stem = Analyser(language).stem
    apart = [pair for pair in WORDS[language].irregular.items() if stem(pair[0]) != stem(pair[1])]
    assert apart == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Comment agit-il ?", "agir"),
        ("Que prescrit-on ?", "prescrire"),
        ("Les signes qui préviennent", "des signes pour prévenir"),
        ("il obtient", "obtenir"),
        ("E.C.G.", "ECG"),
        ("le V.I.H", "le VIH"),
    ],
)
def test_forms_and_dotted_capitals_are_one_term(french: Analyser, one: str, other: str) -> None:
    assert set(french.terms(other)) <= set(french.terms(one))


@pytest.mark.parametrize("text", ["3.5", "e.g. this", "www.site.org"])
def test_other_dots_part_words(english: Analyser, text: str) -> None:
    assert english.terms(text) == Analyser("en").terms(text)
    assert "eg" not in english.terms(text)


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("diagnosis", "diagnoses"),
        ("metastasis", "metastases"),
        ("thrombosis", "thromboses"),
        ("analysis", "analyses"),
        ("crisis", "crises"),
    ],
)
def test_greek_nouns_share_a_term_with_their_plural(
    english: Analyser, singular: str, plural: str
) -> None:
    assert english.stem(singular) == english.stem(plural)


@pytest.mark.parametrize(
    ("in_english", "in_french"),
    [
        ("tuberculosis", "tuberculose"),
        ("necrosis", "nécrose"),
        ("psychosis", "psychose"),
        ("crisis", "crise"),
    ],
)
def test_greek_nouns_share_a_term_across_the_languages(
    english: Analyser, french: Analyser, in_english: str, in_french: str
) -> None:
    assert english.stem(in_english) == french.stem(in_french)


@pytest.mark.parametrize("word", ["basis", "oasis"])
def test_short_words_are_no_greek_nouns(english: Analyser, word: str) -> None:
    assert english.stem(word).endswith("si")


@pytest.mark.parametrize(
    ("language", "word", "is_it"),
    [
        ("fr", "dans", True),
        ("fr", "Après", True),
        ("fr", "car", True),
        ("fr", "CAR", False),
        ("fr", "T", False),
        ("fr", "À", True),
        ("fr", "with", False),
        ("en", "with", True),
        ("en", "A", True),
        ("en", "IT", False),
        ("en", "dans", False),
        ("en", "car", False),
    ],
)
def test_function_words_are_those_of_the_language_unless_they_are_names(
    language: Language, word: str, is_it: bool
) -> None:
    assert Analyser(language).is_stopword(word) is is_it


@pytest.mark.parametrize(
    ("language", "word", "is_it"),
    [
        ("fr", "dnas", True),
        ("fr", "quelels", True),
        ("fr", "avrc", True),
        ("fr", "cest", True),
        ("fr", "de", False),
        ("fr", "vaccin", False),
        ("fr", "AVC", False),
        ("en", "waht", True),
        ("en", "teh", True),
        ("en", "whath", True),
        ("en", "an", False),
        ("en", "antibody", False),
        ("en", "HAV", False),
        ("fr", "a" * 10_000, False),
    ],
)
def test_misspelt_function_words_are_one_edit_away_and_not_in_capitals(
    language: Language, word: str, is_it: bool
) -> None:
    assert Analyser(language).is_misspelt_stopword(word) is is_it


@given(ANYTHING, LANGUAGES)
def test_terms_do_not_depend_on_what_was_analysed_before(text: str, language: Language) -> None:
    analyser = Analyser(language)
    first = analyser.terms(text)
    assert analyser.terms(text) == first
    assert [term for surface in surfaces(text) for term in analyser.terms_of(surface)] == first


@given(st.text("bcd A1.-'\u00a0", max_size=20), st.lists(st.integers(0, 20)))
def test_terms_are_counted_up_to_places(text: str, places: list[int]) -> None:
    analyser = Analyser("en")
    rising = sorted(min(place, len(text)) for place in places)
    said = surfaces(text)
    ends = [end for _, end, _ in analyser.placed_surfaces(text)]
    found = [
        (end - len(surface), analyser.terms_of(surface))
        for end, surface in zip(ends, said, strict=True)
    ]
    counts = [sum(len(terms) for begin, terms in found if begin < place) for place in rising]
    assert analyser.terms_before(text, rising) == (analyser.terms(text), counts)


@given(LATIN, LANGUAGES)
def test_terms_are_folded_and_never_empty(text: str, language: Language) -> None:
    for term in Analyser(language).terms(text):
        assert term
        assert fold(term) == term


@given(st.lists(st.sampled_from(["dans", "avec", "les", "quels", "pour", "À", "y"])))
def test_grammar_alone_has_no_term(words: list[str]) -> None:
    assert Analyser("fr").terms(" ".join(words)) == []


def test_a_very_long_word_is_cut(english: Analyser) -> None:
    (term,) = english.terms("x" * 10_000)
    assert len(term) < 100


def test_what_an_analyser_remembers_is_forgotten_in_the_end(held: Held) -> None:
    analyser = Analyser("en")
    short, long = (held(analyser.terms_of, text) for text in ("antibodies", "a" * 9900))
    assert short()
    assert not long()
    for number in range(300_000):
        analyser.terms_of(f"{number}.5")
    assert not short()
    assert analyser.terms_of("antibodies") == ("antibodi",)


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_a_number_with_spaces_between_its_digits_is_one(french: Analyser, space: str) -> None:
    assert french.terms(f"3{space}000 mg") == french.terms("3000 mg")
    assert french.terms(f"3{space}00 mg") != french.terms("300 mg")


def test_a_surface_that_is_cut_behind_a_hyphen_has_no_empty_term() -> None:
    first = "x" * (LONGEST_SURFACE - 1)
    assert Analyser("fr").terms(f"{first}-soins") == [first]
