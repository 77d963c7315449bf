"""How fast: made-up passages of growing number, this system and its peers in one run.

Words follow Zipf's law over a vocabulary that grows with the text, as Heaps' law has it. All
chance is seeded.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from math import isnan, log
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final, NamedTuple

import numpy as np
import psutil

from evaluation.answer_measures import percentile_ms
from evaluation.text_documents import text_document
from qa.analysis.words import Analyser
from qa.engine import Engine
from qa.index import store
from qa.index.analysed import analyse_all
from qa.index.build import IndexBuilder
from qa.index.catalogue_writer import CatalogueWriter
from qa.index.dense import best
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
K: Final = 10
OWN: Final = "0"
"""The folder of the first contender, which is the system itself, beside those of the others."""
_COMPILED: Final = 5_000
"""Passages from which on bm25s takes compiled code, which takes it seconds to make."""


class Material(NamedTuple):
    """Passages and questions made of their words."""

    passages: tuple[str, ...]
    questions: tuple[str, ...]


Ask = Callable[[str], object]
"""Puts a question and gives the best ten passages, in whatever form."""
Ways = Mapping[str, Ask]
"""In which an engine can be asked, by name."""


class Contender(NamedTuple):
    """A search engine: the library it needs, and how it is built over passages.

    `build` writes its index to a folder, if it can; what it gives opens that index.
    """

    library: str
    build: Callable[[Sequence[str], Path], Callable[[], Ways]]
    elsewhere: Callable[[], float] = lambda: 0.0
    """Processor seconds that other processes have spent for it so far."""


class Held(NamedTuple):
    """What an index takes."""

    build_seconds: float
    build_processor_seconds: float
    """Not a number where it is not known."""
    load_seconds: float
    disk_bytes: int
    """Of all files, texts included; 0 where it lives elsewhere or in memory only."""
    memory_bytes: int
    """That loading and a first question add to the process, beyond mapped files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One engine on one number of passages; times of questions in milliseconds."""

    engine: str
    passages: int
    held: Held
    first_ms: float
    """Of the first question, with all that is loaded for it."""
    question_ms: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """The timing as `qa-eval bench --json` prints it."""
        total, spent = sum(self.question_ms), self.held.build_processor_seconds
        return {
            "engine": self.engine,
            "passages": self.passages,
            "index_seconds": round(self.held.build_seconds, 3),
            "index_processor_seconds": None if isnan(spent) else round(spent, 3),
            "load_ms": round(1000 * self.held.load_seconds, 1),
            "disk_bytes_per_passage": round(self.held.disk_bytes / self.passages),
            "memory_mb": round(self.held.memory_bytes / 2**20, 1),
            "first_ms": round(self.first_ms, 3),
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


def write_index(passages: Sequence[str], folder: Path, settings: Settings) -> None:
    """Make an index in a folder, with a document a passage."""
    documents = (text_document(f"d{n}", "", text) for n, text in enumerate(passages))
    with store.new_generation(folder) as inside:
        with closing(CatalogueWriter(inside)) as catalogue:
            builder = IndexBuilder(settings.index, catalogue)
            for analysed in analyse_all(documents, settings.index.passage_words):
                builder.append(analysed)
            generation = builder.finish()
        store.commit(folder, inside, generation)


def ways(engine: Engine, name: str) -> Ways:
    """Of this system: documents ranked with everything on, whole answers, and exact words alone."""
    lexicon, analyser = engine.index.lexicon, Analyser("en")

    def exact(question: str) -> object:
        numbers = map(lexicon.number, analyser.terms(question))
        weights = {number: lexicon.class_idf([number]) for number in numbers if number is not None}
        return engine.index.first_pass.best(weights, K)

    return {
        f"{name} rank": lambda question: engine.rank_documents(question, k=K),
        f"{name} ask": engine.ask,
        f"{name} words": exact,
    }


def _own(passages: Sequence[str], folder: Path, settings: Settings) -> Callable[[], Ways]:
    write_index(passages, folder, settings)
    return lambda: ways(Engine.open(folder, settings), "qa")


def _bm25s(passages: Sequence[str], folder: Path) -> Callable[[], Ways]:
    import bm25s

    def tokens(texts: list[str]) -> Any:
        return bm25s.tokenize(texts, show_progress=False)

    compiled = len(passages) >= _COMPILED and find_spec("numba") is not None
    backend = "numba" if compiled else "numpy"
    model = bm25s.BM25(backend=backend)
    model.index(tokens(list(passages)), show_progress=False)
    model.save(str(folder))

    def opened() -> Ways:
        model = bm25s.BM25.load(str(folder), mmap=True)
        model.backend = backend
        return {
            "bm25s": lambda question: model.retrieve(tokens([question]), k=K, show_progress=False)
        }

    return opened


def _tantivy(passages: Sequence[str], folder: Path) -> Callable[[], Ways]:
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("text", stored=False).build()
    writer = tantivy.Index(schema, path=str(folder)).writer(num_threads=1)
    for text in passages:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()

    def opened() -> Ways:
        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()
        return {
            "tantivy": lambda question: searcher.search(index.parse_query(question, ["text"]), K)
        }

    return opened


def _scikit_learn(passages: Sequence[str], _folder: Path) -> Callable[[], Ways]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer()
    by_term = vectorizer.fit_transform(passages).T.tocsr()

    def search(question: str) -> object:
        return best((vectorizer.transform([question]) @ by_term).toarray()[0], K)

    return lambda: {"scikit-learn": search}


def _sqlite(passages: Sequence[str], folder: Path) -> Callable[[], Ways]:
    path = folder / "passages.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE VIRTUAL TABLE passages USING fts5(text)")
        database.executemany("INSERT INTO passages VALUES (?)", ((text,) for text in passages))
    query = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"

    def opened() -> Ways:
        database = sqlite3.connect(path)
        return {
            "SQLite FTS5": lambda question: database.execute(
                query, (" OR ".join(question.split()), K)
            ).fetchall()
        }

    return opened


def contenders(settings: Settings, *, peers: bool) -> tuple[Contender, ...]:
    """The system itself, then the peers that are installed."""
    own = Contender("qa", lambda passages, folder: _own(passages, folder, settings))
    others = (
        Contender("bm25s", _bm25s),
        Contender("tantivy", _tantivy),
        Contender("sklearn", _scikit_learn),
        Contender("sqlite3", _sqlite),
    )
    return (own, *(one for one in others if peers and find_spec(one.library) is not None))


def measure(compared: Sequence[Contender], material: Material) -> list[Timing]:
    """Index the passages with every engine, then put each question to all of them in turn.

    So whatever else the machine does meets all of them alike.
    """
    asked: dict[str, Ask] = {}
    held: dict[str, Held] = {}
    first: dict[str, float] = {}
    with TemporaryDirectory() as place:
        for number, one in enumerate(compared):
            folder = Path(place, str(number))
            folder.mkdir()
            spent, begun = _processor_seconds() + one.elsewhere(), perf_counter()
            opened = one.build(material.passages, folder)
            built = perf_counter()
            spent = _processor_seconds() + one.elsewhere() - spent
            before = _private_bytes()
            own = opened()
            loaded = perf_counter()
            first |= {name: _timed(ask, material.questions[0]) for name, ask in own.items()}
            taken = Held(
                build_seconds=built - begun,
                build_processor_seconds=spent,
                load_seconds=loaded - built,
                disk_bytes=sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()),
                memory_bytes=max(_private_bytes() - before, 0),
            )
            held |= dict.fromkeys(own, taken)
            asked |= own
        times: dict[str, list[float]] = {name: [] for name in asked}
        for question in material.questions:
            for name, ask in asked.items():
                times[name].append(_timed(ask, question))
    return [
        Timing(
            engine=name,
            passages=len(material.passages),
            held=held[name],
            first_ms=first[name],
            question_ms=tuple(times[name]),
        )
        for name in asked
    ]


def _processor_seconds() -> float:
    """Of this process and of those that it has started and that have ended."""
    return sum(os.times()[:4])


def _private_bytes() -> int:
    """Memory of this process that it shares with no other and with no file."""
    return int(psutil.Process().memory_full_info().uss)


def growth(timings: Sequence[Timing]) -> Iterator[dict[str, Any]]:
    """By engine, the exponent by which its median grows from the fewest passages to the most."""
    for name in dict.fromkeys(timing.engine for timing in timings):
        own = sorted((t for t in timings if t.engine == name), key=lambda t: t.passages)
        few, many = own[0], own[-1]
        if many.passages > few.passages:
            times = many.as_json()["p50_ms"] / max(few.as_json()["p50_ms"], 1e-9)
            exponent = log(max(times, 1e-9)) / log(many.passages / few.passages)
            yield {"engine": name, "p50_growth": round(exponent, 3)}


def _timed(ask: Ask, question: str) -> float:
    """Milliseconds."""
    start = perf_counter()
    ask(question)
    return 1000 * (perf_counter() - start)


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
