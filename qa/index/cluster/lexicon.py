"""The lexicon of a generation: files that are made where it is built, and loaded by every server.

Loaded once and kept in the cache folder, memory-mapped: what does not fit into memory is read
as it is needed.
"""

from __future__ import annotations

import shutil
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qa.errors import ClusterError, IndexCorruptedError
from qa.index.catalogue import OWNERS, Catalogue
from qa.index.catalogue_writer import CatalogueWriter
from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import Header, Place
from qa.index.index import Index
from qa.index.lexicon import Lexicon
from qa.index.store import digest

_PART: Final = 1 << 20
"""Bytes of a file that one document of the cluster has."""


def write_lexicon(folder: Path, index: Index) -> dict[str, str]:
    """Write the files of a lexicon; returns the SHA-256 of each, in hexadecimal."""
    for name, array in _arrays(index.lexicon).items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    # A catalogue of no document, for its table of entries.
    with closing(CatalogueWriter(folder)) as entries:
        entries.add_lexicon(index.catalogue.entries())
    np.save(folder / OWNERS, np.empty(0, np.int32), allow_pickle=False)
    return {path.name: digest(path) for path in sorted(folder.iterdir())}


def _arrays(lexicon: Lexicon) -> dict[str, NDArray[Any]]:
    """All of a lexicon but its entries, by the names of the files."""
    ngrams = lexicon.ngrams
    return {
        "term_text": lexicon.vocabulary.text,
        "term_offsets": lexicon.vocabulary.offsets,
        "term_french": lexicon.french,
        "frequencies": lexicon.frequencies,
        "gram_codes": ngrams.grams,
        "gram_idf": ngrams.idf,
        "gram_indptr": ngrams.indptr,
        "gram_terms": ngrams.terms,
        "gram_weights": ngrams.weights,
    }


def parts_of(folder: Path) -> list[tuple[Path, int]]:
    """The parts of the files of a lexicon, each by its file and where it begins."""
    return [
        (path, begin)
        for path in sorted(folder.iterdir())
        for begin in range(0, max(path.stat().st_size, 1), _PART)
    ]


def part_source(path: Path, begin: int) -> dict[str, Any]:
    """One part as the cluster keeps it."""
    with path.open("rb") as file:
        file.seek(begin)
        return {"file": path.name, "data": b64encode(file.read(_PART)).decode()}


def local_lexicon(cluster: Cluster, place: Place, header: Header, cache: Path) -> Path:
    """The folder with the files of a lexicon, which are loaded where they are not there yet."""
    cache = cache / place.name
    folder = cache / place.key
    if all((folder / name).is_file() for name in header.lexicon):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix="lexicon-", dir=cache))
        try:
            _load(cluster, place, new)
            for name, expected in header.lexicon.items():
                if not (new / name).is_file() or digest(new / name) != expected:
                    raise _damaged(cluster, name)
            shutil.rmtree(folder, ignore_errors=True)
            new.rename(folder)
            _forget_earlier(folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        # Another process may have been faster.
        if not all((folder / name).is_file() for name in header.lexicon):
            raise ClusterError(
                "cannot keep the lexicon of {address} in {folder}: {reason}; name another folder"
                " as cache_dir",
                address=cluster.address,
                folder=cache,
                reason=error.strerror or error,
            ) from error
    return folder


def _forget_earlier(current: Path) -> None:
    """Keep the lexicon of the generation before, for those who open it while another is made."""
    others = [path for path in current.parent.iterdir() if path != current]
    for path in sorted(others, key=lambda path: path.stat().st_mtime)[:-1]:
        shutil.rmtree(path, ignore_errors=True)


def _load(cluster: Cluster, place: Place, folder: Path) -> None:
    """Write the files of a lexicon as their parts come, in order."""
    for source in _parts(cluster, place.index("lexicon")):
        if "/" in source["file"]:
            raise _damaged(cluster, source["file"])
        with (folder / source["file"]).open("ab") as file:
            file.write(b64decode(source["data"]))


def _parts(cluster: Cluster, index: str) -> Iterator[Mapping[str, Any]]:
    after = -1
    while True:
        body = {
            "size": 8,
            "query": {"range": {"number": {"gt": after}}},
            "sort": [{"number": "asc"}],
            "track_total_hits": False,
        }
        hits = cluster.search(index, body)["hits"]["hits"]
        if not hits:
            return
        yield from (hit["_source"] for hit in hits)
        after = hits[-1]["sort"][0]


def _damaged(cluster: Cluster, name: str) -> IndexCorruptedError:
    return IndexCorruptedError(
        "the lexicon of the index at {address} is damaged ({name} has another checksum); build it"
        " again from all its sources with `qa index SOURCE... --rebuild`",
        address=cluster.address,
        name=name,
    )


def read_lexicon(
    folder: Path, passages: int, count_of_any: Callable[[Sequence[int]], int]
) -> Lexicon:
    """The lexicon in a folder, of so many passages, whose unions are counted elsewhere."""
    arrays = {
        # As plain arrays: every slice of a `numpy.memmap` costs microseconds of bookkeeping.
        path.stem: np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        for path in folder.glob("*.npy")
    }
    frequencies = arrays["frequencies"]

    def count(terms: Sequence[int]) -> int:
        if len(terms) < 2:
            return int(frequencies[list(terms)].sum())
        return count_of_any(terms)

    return Lexicon.of(arrays, frequencies, passages, Catalogue.open(folder), count)
