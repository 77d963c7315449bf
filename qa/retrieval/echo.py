"""Passages and units that say the question again instead of answering it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.analysis.words import fold
from qa.index.contracts import Candidates
from qa.models import Passage
from qa.retrieval.occurrences import Occurrences
from qa.retrieval.units import folded_units

_MOST_REPEATED: Final = 0.3
"""Share of a passage's terms that say a word of the question once more, from which on it answers
nothing; no word counts more often than the median one, for what a passage is about, it says often.
Of the 31,598 passages read for questions of the three sets squad2-en, tico19-passage-en2fr and
mtrag-un-lastturn none is above, at .25 two are; of 60 documents that `qa-eval planted` makes of
questions two win, and seven of those that are stuffed with their words."""
_FEW: Final = 4
"""So many are no matter in a passage of few words: a line that is the heading, and the sentence
below it, say the same (0, 0)."""
_SAID: Final = 0.99
"""Weight from which on a term is the word itself and no look-alike."""
_WORD: Final = re.compile(r"\w+")
_STOPS: Final = (".", "!")
_FEWEST_WORDS: Final = 2


def repeats(candidates: Candidates, found: Occurrences) -> NDArray[np.bool_]:
    """Whether each passage mostly repeats words of the question, bool (passages,)."""
    if found.places.size:
        found = found.where(found.weights.max(axis=1) >= _SAID)
    if not found.places.size:
        return np.zeros(len(candidates), np.bool_)
    inside = found.places >= candidates.bodies[found.owners]
    owners, words = found.owners[inside], found.weights[inside].argmax(axis=1)
    width = found.weights.shape[1]
    counts = np.bincount(owners * width + words, minlength=len(candidates) * width)
    # Those that any document says, be it not among these.
    known = (found.wanted.weights >= _SAID).any(axis=0)
    again = np.maximum(counts.reshape(-1, width)[:, known] - 1, 0)
    median = np.sort(again, axis=1)[:, again.shape[1] // 2, None]
    again = np.minimum(again, median).sum(axis=1)
    lengths = candidates.begins[1:] - candidates.bodies
    mostly: NDArray[np.bool_] = again > np.maximum(_MOST_REPEATED * lengths, _FEW)
    return mostly


def damped(
    scores: NDArray[np.float64], repeated: NDArray[np.bool_], read: int
) -> NDArray[np.float64]:
    """The scores of passages, best first; those that repeat the question have the least of all.

    Of all of the first `read`, that is: they change places with one another only.
    """
    least = scores[:read].min(initial=np.inf)
    return np.where(repeated, np.minimum(scores, least), scores)


def echoes(passages: Sequence[Passage], question: str) -> NDArray[np.bool_]:
    """Whether each unit of some passages says the question and nothing else, bool (units,).

    A whole sentence with its full stop may state what the question asks about.
    """
    asked = _words(question)
    if len(asked) < _FEWEST_WORDS:
        return np.zeros(sum(len(passage.units) for passage in passages), np.bool_)
    longest = max(asked, key=len)
    return np.array(
        [
            longest in folded and _is_echo(passage.text[unit.start : unit.end], asked)
            for passage in passages
            for unit, folded in zip(passage.units, folded_units(passage), strict=True)
        ],
        np.bool_,
    )


def _is_echo(text: str, asked: list[str]) -> bool:
    first = _WORD.search(text)
    if first is None or fold(first[0]) != asked[0]:
        return False
    words = _words(text)
    times, rest = divmod(len(words), len(asked))
    if rest or words != times * asked:
        return False
    return times > 1 or not text.rstrip().endswith(_STOPS)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
