"""Questions on documents that lost half of theirs: what the confidence rests on, and who is right.

What natural questions on the built-in corpus tell of a confidence does not hold everywhere; these
rows of other sets are fitted along with them. They are kept, so that a fit needs no other set, and
read without vectors of meaning: evidence is a logit with them and without.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from evaluation.abstention_report import without_half
from evaluation.answer_measures import contains_answer
from evaluation.records import Query, RetrievalSet
from evaluation.runs import Progress, extracts_of
from evaluation.stored_rows import csv_text, read_csv
from qa.engine import Engine
from qa.retrieval.confidence import Features
from qa.retrieval.reading import surest
from qa.settings import Settings

KEPT: Final = Path(__file__).with_name("confidence_rows.csv")
_MOST: Final = 400
"""Questions of each set."""
_DECIMALS: Final = 3
"""Of the features, already where they are fitted: what is kept gives the same numbers again."""
_COMMAND: Final = "qa-eval fit --hidden FOLDER --write"
_COLUMNS: Final = ("set", "right", *Features._fields)


class Row(NamedTuple):
    """A question of a set: whether its answer, however unsure, is right, and by what it is sure."""

    name: str
    right: bool
    features: Features


def rows_of(
    dataset: RetrievalSet, settings: Settings, on_progress: Progress | None = None
) -> Iterator[Row]:
    """The rows of a set whose questions have answers, half of its documents taken away."""
    reduced, kept = without_half(dataset)
    queries = sorted((q for q in reduced.queries if q.answers), key=_drawn)[:_MOST]
    engine = Engine.over(reduced.documents, settings)
    for done, query in enumerate(queries, start=1):
        _, passages = engine.read(query.text, query.history)
        answer = engine.ask(query.text, history=query.history, abstain=False)
        best = surest(passages[: len(answer.sources)])
        if best is not None:
            right = bool(kept[query.id]) and contains_answer(extracts_of(answer), query.answers)
            features = Features(*(round(value, _DECIMALS) for value in best.features))
            yield Row(dataset.name, right, features)
        if on_progress is not None:
            on_progress(done, len(queries))


def read_rows(path: Path = KEPT) -> list[Row]:
    """The rows of a file; raises `DatasetError` where it is not one of rows."""
    return [
        Row(name, right == "1", Features(*map(float, features)))
        for name, right, *features in read_csv(path, _COLUMNS, _COMMAND)
    ]


def rows_text(rows: Iterable[Row]) -> str:
    """Rows as `read_rows` takes them."""
    return csv_text(
        _COLUMNS,
        ([row.name, int(row.right), *(f"{v:.{_DECIMALS}f}" for v in row.features)] for row in rows),
    )


def _drawn(query: Query) -> bytes:
    """Draws questions by a hash: neither by order nor by chance."""
    return hashlib.sha256(query.id.encode("utf-8", "surrogatepass")).digest()
