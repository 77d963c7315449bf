"""Question words to classes of terms: the word itself, its look-alikes, its translations.

The idf belongs to the class: it is that of the passages that have any of its terms, so that a rare
spelling of a frequent word is not over-rewarded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Final

from qa.analysis.lexicon import built_in_words
from qa.analysis.rarity import is_common, rarity
from qa.analysis.stopwords import FRAMING
from qa.analysis.words import LONGEST_SURFACE, Analyser, fold, surfaces, without_elision
from qa.index.lexicon import Lexicon
from qa.models import Language, Via
from qa.retrieval.acronyms import Acronyms
from qa.retrieval.facets import Facet
from qa.retrieval.facets import facets as all_facets
from qa.retrieval.opposites import opposite_terms
from qa.retrieval.spelling import Speller
from qa.retrieval.terms import Member, Phrase, TermClass
from qa.retrieval.translations import Translation, Translator
from qa.settings import RankingSettings

_ROMAN: Final = {"2": "ii", "3": "iii", "4": "iv", "6": "vi", "7": "vii", "8": "viii", "9": "ix"}
_NUMERALS: Final = _ROMAN | {roman: arabic for arabic, roman in _ROMAN.items()}
"""Of a stage, a class or a type; a lone I, V or X is more often a name."""
_REMEMBERED = 1 << 16
"""Words that are kept with what they stand for."""
_CORRECTED = 0.8
"""What a term counts that is the word as corrected, against one that is written right
(.001, 0)."""
_FEW_PASSAGES = 1000
"""In an index of so many, its own idf tells as much of a word as its rarity in the language
(.002, .008)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Word:
    """One term of the question: its surface, and its form in each language, likeliest first.

    Each is made once, so that they are told apart by identity.
    """

    surface: str
    forms: tuple[str, ...]
    known: bool
    """Whether the documents have the word itself."""
    compound: bool
    """Whether it is a hyphenated word written as one, beside its parts."""
    share: float
    """What it counts among the terms of one surface, which say much the same."""
    corrected: bool = False
    """Whether its form is that of another word, which it is most likely a slip for."""


class ClassBuilder:
    """Builds the classes of questions put to one index; remembers the words it has met."""

    def __init__(self, lexicon: Lexicon, settings: RankingSettings) -> None:
        self._lexicon = lexicon
        self._settings = settings
        self._analysers: dict[Language, Analyser] = {"fr": Analyser("fr"), "en": Analyser("en")}
        self._words_of = lru_cache(_REMEMBERED)(self._read)
        self._forms = lru_cache(_REMEMBERED)(self._find_forms)
        self._is_slip = lru_cache(_REMEMBERED)(self._find_slip)
        self._idf = lru_cache(_REMEMBERED)(lexicon.class_idf)
        self._class = lru_cache(_REMEMBERED)(self._make_class)
        self._facet = lru_cache(_REMEMBERED)(self._make_facet)
        prior = _FEW_PASSAGES / (_FEW_PASSAGES + lexicon.passage_count)
        self._rarity_weight = settings.rarity_weight * prior
        self._alike: dict[str, list[tuple[int, float]]] = {}
        self._translator = Translator(lexicon, settings)
        self._speller = Speller(lexicon, self._translator)
        self._acronyms = Acronyms(lexicon, settings)

    def build(self, question: str, languages: Sequence[Language]) -> tuple[TermClass, ...]:
        """One class a content word of `question`, read in `languages`, likeliest first."""
        languages = tuple(languages)
        words = [
            word for word in self._words(question, languages) if not self._is_slip(word, languages)
        ]
        readings = [
            [word.forms[min(reading, len(word.forms) - 1)] for word in words]
            for reading in range(len(languages))
        ]
        translations = self._translator.translations(readings, languages)
        classes = [
            self._class(word, languages, translated)
            for word, translated in zip(words, translations, strict=True)
            if translated or word.known or not word.compound
        ]
        return tuple(self._acronyms.joined(classes))

    def facet_class(self, facets: Sequence[Facet]) -> tuple[TermClass, ...]:
        """One class of the words that answer what is asked first, in either language; or none."""
        return tuple(found for facet in facets[:1] if (found := self._facet(facet.name)))

    def _make_facet(self, name: str) -> TermClass | None:
        weights: dict[int, float] = {}
        for language, analyser in self._analysers.items():
            for phrase in all_facets()[name].wording(language).words:
                terms = analyser.terms(phrase)
                for term in terms:
                    number = self._lexicon.number(term)
                    if number is not None:
                        # Half of a phrase says less than a word that stands for the whole.
                        weights[number] = max(weights.get(number, 0.0), len(terms) ** -0.5)
        if not weights:
            return None
        return TermClass(
            word=name,
            idf=self._idf(frozenset(weights)),
            members=tuple(
                Member(term=term, weight=weight, via="facet")
                for term, weight in sorted(weights.items(), key=lambda one: (-one[1], one[0]))
            ),
            weight=self._settings.facet_weight,
            facet=True,
        )

    def counted_once(self, classes: Sequence[TermClass]) -> tuple[TermClass, ...]:
        """The classes of a question, each thing that it says in one of them only."""
        return tuple(self._acronyms.counted_once(classes))

    def learn(self, texts: Iterable[str], languages: Sequence[Language]) -> None:
        """Look up the words of many questions at once, ahead of building their classes."""
        distinct = {surface[:LONGEST_SURFACE] for text in texts for surface in surfaces(text)}
        words = [word for s in distinct for word in self._words_of(s, tuple(languages))]
        if len(self._alike) > _REMEMBERED:
            self._alike.clear()
        terms = sorted({word.forms[0] for word in words} - self._alike.keys())
        alike = self._lexicon.neighbours_of(
            terms, least=self._settings.neighbour_similarity, most=self._settings.neighbours + 1
        )
        self._alike.update(zip(terms, alike, strict=True))
        for place, language in enumerate(languages):
            forms = {word.forms[min(place, len(word.forms) - 1)] for word in words}
            self._translator.learn(sorted(forms), language)

    def _words(self, question: str, languages: tuple[Language, ...]) -> Iterator[_Word]:
        for surface in surfaces(question):
            # Cut as it is read: what is remembered of a word has a size.
            yield from self._words_of(surface[:LONGEST_SURFACE], languages)

    def _read(self, surface: str, languages: tuple[Language, ...]) -> tuple[_Word, ...]:
        """The terms of one surface that are looked for."""
        readings = [self._analysers[language].terms_of(surface) for language in languages]
        words = []
        for place, term in enumerate(readings[0]):
            aligned = [r[place] for r in readings[1:] if len(r) == len(readings[0])]
            compound = self._analysers[languages[0]].is_compound(surface, term)
            share = 4 / (len(readings[0]) + 3)
            forms = (term, *aligned)
            known = any(self._lexicon.number(form) is not None for form in forms)
            word = without_elision(surface)
            right = None if known or compound else self._right_form(word, forms, languages)
            forms = forms if right is None else (right,)
            words.append(_Word(word, forms, known, compound, share, corrected=right is not None))
        return tuple(words)

    def _right_form(
        self, surface: str, forms: Sequence[str], languages: Sequence[Language]
    ) -> str | None:
        """The form of the word that an unknown one is a slip for; none where it stands for any."""
        for form, language in zip(forms, languages, strict=False):
            if self._translator.members([form], language):
                return None
        return self._speller.correction(surface, forms[0], languages[0])

    def _find_slip(self, word: _Word, languages: tuple[Language, ...]) -> bool:
        """Whether it is a misspelt function word, which no document can be expected to have."""
        if word.compound or word.known:
            return False
        # `sang` is one letter from `sans`, `fever` from `ever`: what a dictionary has is no slip.
        misspelt = self._analysers[languages[0]].is_misspelt_stopword(word.surface)
        return misspelt and fold(word.surface) not in built_in_words()

    def _make_class(
        self, word: _Word, languages: tuple[Language, ...], translations: tuple[Translation, ...]
    ) -> TermClass:
        members: dict[int, Member] = {}
        translated = chain.from_iterable(one.members for one in translations)
        for member in chain(self._forms(word.forms, languages), translated):
            if word.corrected:
                via: Via = "similar" if member.via == "exact" else member.via
                weight = _CORRECTED * member.weight
                member = replace(member, weight=weight, via=via, corrected=True)
            known = members.get(member.term)
            if known is None or known.weight < member.weight:
                members[member.term] = member
        factor = _CORRECTED if word.corrected else 1.0
        phrases = {
            (frozenset(m.term for m in one.members), one.entry.via): factor
            * sum(m.weight for m in one.members)
            for one in translations
            if len(one.members) == len(set(one.entry.target)) > 1
        }
        framing = fold(word.surface) in FRAMING
        return TermClass(
            word=word.surface,
            idf=self._class_idf(members.values()),
            members=tuple(sorted(members.values(), key=lambda m: (-m.weight, m.term))),
            phrases=tuple(
                Phrase(terms=tuple(sorted(terms)), weight=weight, via=via)
                for (terms, via), weight in phrases.items()
            ),
            rarity=_rarity(word, languages) ** self._rarity_weight,
            weight=word.share * (self._settings.framing_weight if framing else 1.0),
            framing=framing,
        )

    def _find_forms(
        self, forms: tuple[str, ...], languages: tuple[Language, ...]
    ) -> tuple[Member, ...]:
        """The word itself, as each language stems it, and its look-alikes."""
        exact = []
        for place, (form, language) in enumerate(zip(forms, languages, strict=False)):
            number = self._lexicon.number(form)
            if number is not None and form not in forms[:place]:
                # Stemmed by the other language it may be another word: it counts as far as the
                # term is of that language.
                weight = 1.0 if place == 0 else self._lexicon.belongs(number, language)
                if weight > 0:
                    exact.append(Member(term=number, weight=weight, via="exact"))
        numeral = _NUMERALS.get(forms[0])
        other = None if numeral is None else self._lexicon.number(numeral)
        if other is not None:
            exact.append(Member(term=other, weight=self._settings.meaning_weight, via="meaning"))
        damping = self._settings.exact_damping if exact else 1.0
        return (*exact, *self._similar(forms[0], damping))

    def _similar(self, term: str, damping: float) -> tuple[Member, ...]:
        """The look-alikes of a term."""
        found = self._alike.get(term)
        if found is None:
            found = self._lexicon.neighbours(
                term,
                least=self._settings.neighbour_similarity,
                most=self._settings.neighbours + 1,
            )
        # `hypokalaemia` looks like `hyperkalaemia`, and is not it.
        others = {self._lexicon.number(one) for one in (term, *opposite_terms(term))}
        return tuple(
            Member(term=number, weight=cosine**2 * damping, via="similar")
            for number, cosine in found
            if number not in others
        )[: self._settings.neighbours]

    def _class_idf(self, members: Iterable[Member]) -> float:
        """Of the passages that have any of the terms that stand for the word itself."""
        every = list(members)
        # What no document has is as rare as any unknown word, whatever they say of its kind.
        own = frozenset(m.term for m in every if not m.phrase) or frozenset(
            m.term for m in every if m.via != "kind"
        )
        return self._idf(own)


def _rarity(word: _Word, languages: Sequence[Language]) -> float:
    """How rare a word is in the language that has it; names in capitals and numbers are rare."""
    if (len(word.surface) > 1 and word.surface.isupper()) or not word.surface.isalpha():
        return 1.0
    readings = list(zip(word.forms, languages, strict=False))
    term, language = next((one for one in readings if is_common(*one)), readings[0])
    return rarity(term, language)
