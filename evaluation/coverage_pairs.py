"""Pairs of a point and a passage that were judged by reading, and objectives surely absent.

A pair names the objective, its point, and the sentence that was read with its passage, as offsets
in the document: the files of `lisa` are not part of the project.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, cast, get_args

import numpy as np
from numpy.typing import NDArray

from evaluation.errors import DatasetError
from qa.coverage.cover import cover, pair_features
from qa.coverage.decisions import Decisions
from qa.coverage.objective_sources import objectives_for, with_pages
from qa.coverage.objectives import Stated
from qa.coverage.point_confidence import Features
from qa.coverage.records import CourseObjective
from qa.engine import Engine
from qa.models import Language

PAIRS: Final = Path(__file__).parent / "coverage_pairs.csv"
ABSENT: Final = Path(__file__).parent / "coverage_absent.csv"
FEATURES: Final = Path(__file__).parent / "coverage_features.csv"
"""What the model sees of each judged pair, in the order of the pairs."""
Documents = Literal["corpus", "lisa"]
Half = Literal["fit", "check"]
Label = Literal["states", "touches", "no"]


class Pair(NamedTuple):
    """A point and a passage, and whether it states it, touches it or does not."""

    documents: Documents
    half: Half
    objective: str
    point: str
    """What follows `#` in the id of the point."""
    language: Language
    document: str
    start: int
    end: int
    label: Label

    @property
    def point_id(self) -> str:
        """The id of the point."""
        return f"{self.objective}#{self.point}"


class Absent(NamedTuple):
    """An objective that some documents certainly lack."""

    documents: Documents
    stated: Stated


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """The judged pairs; raises `DatasetError` naming the line."""
    pairs = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if row["label"] not in get_args(Label):
                raise DatasetError(
                    "{path}, line {number}: {label!r}; expected one of: {labels}",
                    path=path,
                    number=number,
                    label=row["label"],
                    labels=", ".join(get_args(Label)),
                )
            offsets = {"start": int(row["start"]), "end": int(row["end"])}
            pairs.append(Pair(**cast(dict[str, Any], {**row, **offsets})))
    return pairs


def read_absent(path: Path = ABSENT) -> list[Absent]:
    """The objectives that are surely absent, by the documents that lack them."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Absent(
                cast(Documents, row["documents"]),
                Stated(
                    code=row["id"],
                    title=row["title"],
                    language=cast(Language, row["language"]),
                    description=row["description"],
                    item_title=row["item"],
                    rank=row["rank"],
                ),
            )
            for row in csv.DictReader(file)
        ]


def measure_absent(engine: Engine, documents: Documents) -> dict[str, Any]:
    """How many of the objectives that these documents lack come out at each level."""
    stated = [absence.stated for absence in read_absent() if absence.documents == documents]
    total = cover(engine, with_pages(engine, stated)).total
    return {
        "documents": documents,
        "absent": total.objectives,
        "covered": total.covered,
        "partly": total.partly,
        "missing": total.missing,
    }


def decided_pairs(engine: Engine, decisions: Decisions) -> list[Pair]:
    """What instructors have confirmed or rejected of these documents, as pairs to fit to.

    What is no longer there as it was decided upon is left out.
    """
    points = {(o.code, p.text): p for o in objectives_for(engine) for p in o.points}
    known = {document.id for document in engine.documents()}
    found = []
    for matter, decision in decisions.items():
        point = points.get((matter.objective, matter.point))
        if point is None or decision.verdict == "elsewhere" or matter.document not in known:
            continue
        start = engine.document(matter.document).text.find(matter.quote)
        if start >= 0:
            pair = Pair(
                documents="corpus",
                half="fit",
                objective=matter.objective,
                point=point.id.partition("#")[2],
                language=point.language,
                document=matter.document,
                start=start,
                end=start + len(matter.quote),
                label="states" if decision.verdict == "confirmed" else "no",
            )
            found.append(pair)
    return found


def features_of_pairs(
    engine: Engine, pairs: Sequence[Pair], titles: Mapping[str, Stated] | None = None
) -> NDArray[np.float64]:
    """One row a pair, in the order of `Features`; 0 where the passage has no word of the point.

    `titles`: those in another language, which some pairs are about. Raises `DatasetError` for a
    pair that the documents do not have.
    """
    rows = np.zeros((len(pairs), len(Features._fields)))
    places = _passages(engine)
    for objectives, numbers in _by_source(engine, pairs, titles or {}):
        wanted: dict[str, list[int]] = {}
        passages = {n: _passage(places, pairs[n]) for n in numbers}
        for number, passage in passages.items():
            wanted.setdefault(pairs[number].point_id, []).append(passage)
        found = pair_features(engine, objectives, {k: sorted(set(v)) for k, v in wanted.items()})
        for number, passage in passages.items():
            row = found.get((pairs[number].point_id, passage))
            if row is not None:
                rows[number] = row
    return rows


def _by_source(
    engine: Engine, pairs: Sequence[Pair], titles: Mapping[str, Stated]
) -> Iterator[tuple[Sequence[CourseObjective], list[int]]]:
    """The objectives of pages, of given titles and of those surely absent, and their pairs."""
    absent = [absence.stated for absence in read_absent()]
    of_absent = {objective.code for objective in absent}
    kinds = [
        "absent"
        if pair.objective in of_absent
        else "titles"
        if pair.documents == "lisa" and pair.language == "fr"
        else "pages"
        for pair in pairs
    ]
    sources: dict[str, Callable[[], Sequence[CourseObjective]]] = {
        "pages": lambda: objectives_for(engine),
        "titles": lambda: with_pages(engine, titles.values()),
        "absent": lambda: with_pages(engine, absent),
    }
    for kind, objectives in sources.items():
        numbers = [number for number, one in enumerate(kinds) if one == kind]
        if numbers:
            yield objectives(), numbers


def _passages(engine: Engine) -> dict[str, list[tuple[int, int, int]]]:
    """By document: start, end and number of each passage."""
    count = engine.index.lexicon.passage_count
    texts = engine.index.forward.read(np.arange(count)).texts(range(count))
    places: dict[str, list[tuple[int, int, int]]] = {}
    for number, (passage, _) in enumerate(texts):
        places.setdefault(passage.document_id, []).append((passage.start, passage.end, number))
    return places


def _passage(places: Mapping[str, Iterable[tuple[int, int, int]]], pair: Pair) -> int:
    for start, end, number in places.get(pair.document, ()):
        if start <= pair.start < end:
            return number
    raise DatasetError(
        "no passage of {document} at {start}; judge the pair again",
        document=pair.document,
        start=pair.start,
    )
