"""How fast: made-up passages of growing number, this system and its peers in one run.

Words follow Zipf's law over a vocabulary that grows with the text, as Heaps' law has it. All
chance is seeded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from time import perf_counter
from typing import Any, Final, NamedTuple, Protocol

import numpy as np

from evaluation.answer_measures import percentile_ms
from evaluation.text_documents import text_document
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.settings import Settings

_SEED: Final = 20_240_229
_WORDS: Final = 60
_ZIPF: Final = 1.05
_HEAPS: Final = 12.0
_SYLLABLES: Final = tuple(
    consonant + vowel
    for consonant in "bcdfgjlmnprstvz"
    for vowel in ("a", "e", "i", "o", "u", "an")
)
_K: Final = 10


class Material(NamedTuple):
    """Passages and questions made of their words."""

    passages: tuple[str, ...]
    questions: tuple[str, ...]


class Searching(Protocol):
    """A search engine over passages."""

    def search(self, question: str) -> object:
        """The best ten passages, in whatever form."""


class Peer(NamedTuple):
    """A search engine by name, the library it needs, and how it is built over passages."""

    name: str
    library: str
    build: Callable[[Sequence[str]], Searching]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One engine on one number of passages; times of questions in milliseconds."""

    engine: str
    passages: int
    index_seconds: float
    question_ms: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """The timing as `qa-eval bench --json` prints it."""
        total = sum(self.question_ms)
        return {
            "engine": self.engine,
            "passages": self.passages,
            "index_seconds": round(self.index_seconds, 3),
            "queries_per_second": round(1000 * len(self.question_ms) / total, 1),
            "p50_ms": percentile_ms(self.question_ms, 50),
            "p99_ms": percentile_ms(self.question_ms, 99),
        }


def make_material(passages: int, questions: int) -> Material:
    """Passages of 60 words or so; a question is two to six words of a passage, one misspelt."""
    rng = np.random.default_rng(_SEED)
    words = _vocabulary(int(_HEAPS * (passages * _WORDS) ** 0.5) + 50)
    chances = 1.0 / np.arange(1, len(words) + 1) ** _ZIPF
    chances /= chances.sum()
    lengths = rng.integers(_WORDS // 2, _WORDS * 3 // 2, passages)
    drawn = rng.choice(len(words), int(lengths.sum()), p=chances)
    cuts = np.split(drawn, np.cumsum(lengths)[:-1])
    texts = tuple(" ".join(words[n] for n in cut).capitalize() + "." for cut in cuts)
    asked = []
    for _ in range(questions):
        chosen = texts[int(rng.integers(passages))].rstrip(".").split()
        some = list(rng.choice(chosen, int(rng.integers(2, 7)), replace=False))
        longest = max(some, key=len)
        some.append(longest[:2] + longest[3:])
        asked.append(" ".join(some))
    return Material(texts, tuple(asked))


def _vocabulary(size: int) -> list[str]:
    """Distinct words of syllables, the frequent ones short."""
    words = []
    for number in range(size):
        parts, left = [], number
        while True:
            left, syllable = divmod(left, len(_SYLLABLES))
            parts.append(_SYLLABLES[(syllable * 37 + 11) % len(_SYLLABLES)])
            if not left:
                break
        words.append("".join(parts) + "n" * (len(parts) == 1))
    return words


class _This:
    def __init__(self, passages: Sequence[str], settings: Settings) -> None:
        documents = (text_document(f"d{n}", "", text) for n, text in enumerate(passages))
        self._engine = Engine(build_in_memory(documents, settings), settings)

    def search(self, question: str) -> object:
        return self._engine.rank_documents(question, k=_K)


class _Asked(_This):
    def search(self, question: str) -> object:
        return self._engine.ask(question)


class _Bm25s:
    def __init__(self, passages: Sequence[str]) -> None:
        import bm25s

        self._tokenize = bm25s.tokenize
        self._model = bm25s.BM25()
        self._model.index(self._tokenize(list(passages), show_progress=False), show_progress=False)

    def search(self, question: str) -> object:
        tokens = self._tokenize([question], show_progress=False)
        return self._model.retrieve(tokens, k=_K, show_progress=False)


class _Tantivy:
    def __init__(self, passages: Sequence[str]) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder().add_text_field("text", stored=False).build()
        self._index = tantivy.Index(schema)
        writer = self._index.writer(num_threads=1)
        for text in passages:
            writer.add_document(tantivy.Document(text=text))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: str) -> object:
        return self._searcher.search(self._index.parse_query(question, ["text"]), _K)


def engines(settings: Settings, *, peers: bool) -> tuple[Peer, ...]:
    """Ranking alone and whole answers of this system, then the peers that are installed."""
    own = (
        Peer("qa rank", "qa", lambda passages: _This(passages, settings)),
        Peer("qa ask", "qa", lambda passages: _Asked(passages, settings)),
    )
    others = (Peer("bm25s", "bm25s", _Bm25s), Peer("tantivy", "tantivy", _Tantivy))
    return own + tuple(p for p in others if peers and find_spec(p.library) is not None)


def measure(peers: Sequence[Peer], material: Material) -> Iterator[Timing]:
    """Index the passages with every engine in turn and put every question to it."""
    for peer in peers:
        begun = perf_counter()
        searching = peer.build(material.passages)
        built = perf_counter()
        times = []
        for question in material.questions:
            start = perf_counter()
            searching.search(question)
            times.append(1000 * (perf_counter() - start))
        yield Timing(
            engine=peer.name,
            passages=len(material.passages),
            index_seconds=built - begun,
            question_ms=tuple(times),
        )


def ratios(timings: Sequence[Timing]) -> Iterator[dict[str, Any]]:
    """Each engine's index time and median question as multiples of `qa rank`'s."""
    own = timings[0].as_json()
    for timing in timings[1:]:
        found = timing.as_json()
        yield {
            "engine": timing.engine,
            "index_seconds": round(found["index_seconds"] / max(own["index_seconds"], 1e-9), 3),
            "p50_ms": round(found["p50_ms"] / max(own["p50_ms"], 1e-9), 3),
            "p99_ms": round(found["p99_ms"] / max(own["p99_ms"], 1e-9), 3),
        }
