"""Mutated files through every reader, each in a worker that has ten seconds and a gigabyte.

A file may be refused in one line; it may not stop a worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path, PurePath
from typing import Any, Final, NamedTuple

import numpy as np

import qa
from qa.coverage.objective_files import parse_objectives
from qa.reading.formats import read_content
from qa.workers import Limits, Stopped, Workers, available_processors
from tests.hostile.documents import DOCUMENTS, Parts, packed_files, whole_files
from tests.made_files import archive

LIMITS: Final = Limits(seconds=10, megabytes=1000)
_CORPUS: Final = Path(qa.__file__).parent.parent / "corpus"
_TOKENS: Final = tuple(
    "{{ }} [[ ]] [ ]( ) | || |- {| |} '' ''' == ''''' * # : ; > ` ``` ~~~ <!-- --> <ref> </ref> <b>"
    " </div> <script> &amp; &#x0; --- +++ \n\n \t \x00 \u0300 \u202e \ufeff \ufdd0 http:// (AB) ="
    ' , ; " [ { } ] : null 1e999 -1'.split(" ")
)
_OBJECTIVES: Final = {
    "objectives.csv": "id,title,item,rank\nOIC-202-01-A,Define an antibody,202,A\n" * 5,
    "objectives.json": '{"CFItems": [{"identifier": "a", "fullStatement": "Define."}]}',
}
_MOST_PIECE: Final = 2000


class Input(NamedTuple):
    """One file to be, and the reader that it is for."""

    read: Callable[[bytes, str], Any]
    data: bytes
    name: str


class Seed(NamedTuple):
    """A file before it is mutated; one that is no archive has a single part without a name."""

    read: Callable[[bytes, str], Any]
    parts: Parts
    name: str

    def with_part(self, part: str, data: bytes) -> Input:
        """The file with another part in place: a sound archive of what need not be sound."""
        data = archive({**self.parts, part: data}) if part else data
        return Input(self.read, data, self.name)


class Fault(NamedTuple):
    """A file that its reader did not survive."""

    input: Input
    how: Stopped


def seeds() -> list[Seed]:
    """Sound and hostile files of every format."""
    corpus = [path for path in sorted(_CORPUS.rglob("*.*")) if path.suffix in (".md", ".wiki")]
    files = {
        **{path.name: path.read_bytes() for path in corpus},
        **{
            name: text[:_MOST_PIECE].encode(errors="surrogatepass")
            for name, text in DOCUMENTS.items()
        },
        **whole_files(),
    }
    return [
        *(Seed(read_content, {"": data}, name) for name, data in files.items()),
        *(Seed(read_content, parts, name) for name, parts in packed_files().items()),
        *(Seed(read_content, {"": archive(parts)}, n) for n, parts in packed_files().items()),
        *(Seed(parse_objectives, {"": text.encode()}, n) for n, text in _OBJECTIVES.items()),
    ]


def mutated(seed: int, count: int) -> Iterator[Input]:
    """The same files for the same seed; each format comes as often as any other."""
    random = np.random.default_rng(seed)
    by_format: dict[str, list[Seed]] = {}
    for one in seeds():
        by_format.setdefault(PurePath(one.name).suffix, []).append(one)
    formats = list(by_format.values())
    pieces = [data for some in formats for one in some for data in one.parts.values()]
    for _ in range(count):
        some = formats[random.integers(len(formats))]
        one = some[random.integers(len(some))]
        part = list(one.parts)[random.integers(len(one.parts))]
        data = one.parts[part]
        for _ in range(random.integers(1, 8)):
            data = _mutation(data, random, pieces)
        yield one.with_part(part, data)


def _mutation(data: bytes, random: np.random.Generator, known: list[bytes]) -> bytes:
    """The data with one thing changed."""
    first, last = sorted(int(place) for place in random.integers(len(data) + 1, size=2))
    last = min(last, first + _MOST_PIECE)
    before, piece, after = data[:first], data[first:last], data[last:]
    token = _TOKENS[random.integers(len(_TOKENS))].encode()
    other = known[random.integers(len(known))][first:last]
    return (
        before + after,
        before + piece * int(random.integers(2, 20)) + after,
        before + token * int(random.integers(1, 200)) + piece + after,
        before + other + after,
        before + random.bytes(min(len(piece), 8)) + after,
        before + token.join((piece, after)),
        data[:last],
    )[random.integers(7)]


def faults(inputs: Iterator[Input]) -> Iterator[Fault]:
    """What stops a worker, of all inputs."""
    for some in iter(lambda: list(islice(inputs, 1000)), []):
        with Workers(available_processors(), LIMITS) as workers:
            outcomes = workers.map(_read, [tuple(one) for one in some])
            for one, outcome in zip(some, outcomes, strict=True):
                if isinstance(outcome, Stopped):
                    yield Fault(one, outcome)


def _read(read: Callable[[bytes, str], Any], data: bytes, name: str) -> None:
    """Read, and give nothing back: results take time on their way."""
    read(data, name)
