"""French or English, from function words, endings and letters."""

from __future__ import annotations

import re
from typing import Final

from qa.analysis.remembered import Remembered
from qa.models import Language

_SAMPLE = 3000
"""Characters that are looked at; a passage is shorter, a document says it at its start."""
_ENOUGH = 8
"""Function words from which on endings and letters add nothing."""
_UNIT = 10
"""What a function word tells, of which endings and letters tell a part."""
_ENDING_WEIGHT = 5
_LETTER_WEIGHT = 8
_SHORTEST = 4
_REMEMBERED = 1 << 18
"""Words, with the signs around them, of which is kept what they tell."""
_LONGEST = 64
"""Characters of those."""
_BITS = 16
"""Room for each of the sums over a sample: no word of its characters tells more than 13."""
_MASK = (1 << _BITS) - 1

_WORD = re.compile(r"[^\W\d_]+'?")
# Words of both languages (a, on, or, me, car, as, an acronym such as AI or US) are in neither set.
_FRENCH = """
afin ainsi ait alors après au aucun aucune aussi autre autres aux avant avec avez avoir avons c' ce
ceci cela celle celles celui cependant ces cet cette ceux chaque chez combien comme comment d' dans
de depuis des doit doivent donc dont du dès elle elles en encore entre est et eu fait faut ici il
ils j' je jusqu' l' la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu' lorsque m'
mais mes moins mon même mêmes n' ne nos notre nous ont ou où par parfois parmi pas pendant peu peut
peuvent plus plusieurs pour pourquoi près puis qu' quand que quel quelle quelles quels qui quoi s'
sa sans se selon sera seront ses si sinon soit son sont sous souvent suis sur t' tandis tes ton
toujours tous tout toute toutes trop très tu un une vers via voici voilà vos votre vous à étaient
était étant être
"""
_ENGLISH = """
about above after again against all also although always am an and any are at be because been before
being below between both but by can cannot could did do does doing done down during each either
every few for from further get give given had has have having he her here his how however if in into
is it its itself just less let like made make many may might more most much must my neither not now
of off often once only other others our out over own rather same shall she should since so some such
than that the their them then there therefore these they this those through thus to too under until
up upon used very was we were what when where whether which while who whom whose why will with
within without would you your
"""
_FRENCH_ENDINGS = tuple(
    """
eur eurs eux euse euses ique iques isme ismes ement ements elle elles ette ettes eaux ien iens
ienne iennes ive ives ière ières ée ées é és thérapie thérapies gie gies phie phies émie émies
emie emies ite ites ose oses ant ants ante antes ire ires able ables ible ibles tre bre ez er ir
""".split()
)
_ENGLISH_ENDINGS = tuple(
    """
ing ings ness ical ic ics ism isms ous y ies ed ght th sh ck wn ful less ship ment ments er ers
or ors aw ow
""".split()
)
_ENGLISH_VOWELS = re.compile("(?:[a-z]ee|(?:oo|aw|ow)[a-z])$")
_FRENCH_WORDS = frozenset(_FRENCH.split())
_ENGLISH_WORDS = frozenset(_ENGLISH.split())
_FRENCH_LETTER = re.compile("[àâçéèêëîïôùûœæ]")


def detect_language(text: str, default: Language = "fr") -> Language:
    """Tell whether a text is French or English; `default` where nothing tells."""
    french, english = language_scores(text)
    if french == english:
        return default
    return "fr" if french > english else "en"


def language_scores(text: str) -> tuple[float, float]:
    """Return the evidence for French and for English: about one for each telling word."""
    sample = text[:_SAMPLE].replace("’", "'")
    told = sum(map(_PIECES.__getitem__, sample.split()))
    french, english, more_french, more_english = (told >> n * _BITS & _MASK for n in range(4))
    word = _WORD.search(sample)
    if word and abs(french - english) < _ENOUGH * _UNIT:
        # A capital inside a text begins a name, which may be of the other language.
        first = _looks(word[0].lower()) if word[0][0].isupper() else (0, 0)
        french += first[0] + more_french
        english += first[1] + more_english
    return french / _UNIT, english / _UNIT


def _told(piece: str) -> int:
    """What the words between two blanks tell: four sums in one number, which is added as one."""
    return sum(
        sum(sign << n * _BITS for n, sign in enumerate(_signs(word)))
        for word in _WORD.findall(piece)
    )


_PIECES: Final = Remembered(_told, most=_REMEMBERED, longest=_LONGEST)


def _signs(word: str) -> tuple[int, int, int, int]:
    """What a word tells for French and English by itself, and by its letters and its ending."""
    lower = word.lower()
    own = (_UNIT * (lower in _FRENCH_WORDS), _UNIT * (lower in _ENGLISH_WORDS))
    return (*own, 0, 0) if word[0].isupper() else (*own, *_looks(lower))


def _looks(word: str) -> tuple[int, int]:
    if len(word) < _SHORTEST or word in _FRENCH_WORDS or word in _ENGLISH_WORDS:
        return 0, 0
    french = word.endswith(_FRENCH_ENDINGS)
    english = word.endswith(_ENGLISH_ENDINGS) or _ENGLISH_VOWELS.search(word) is not None
    letters = _LETTER_WEIGHT * (_FRENCH_LETTER.search(word) is not None)
    return letters + _ENDING_WEIGHT * french, _ENDING_WEIGHT * english
