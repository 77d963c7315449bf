"""Runs in the format of TREC, and the tie-breaking that keeps a ranking as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from evaluation.errors import DatasetError
from evaluation.jsonlines import named_errors
from evaluation.records import Retrieved


def ranked(query_id: str, found: Sequence[tuple[str, float]]) -> tuple[Retrieved, ...]:
    """Lines of a run, with scores that fall strictly.

    trec_eval sorts by score in single precision and breaks ties by document name; without this,
    what it measures would not be the order in which the documents were returned.
    """
    lines = []
    below = np.float32(np.inf)
    for document_id, score in found:
        below = min(np.float32(score), np.nextafter(below, np.float32(-np.inf)))
        lines.append(Retrieved(query_id, document_id, float(below)))
    return tuple(lines)


def require_writable(path: Path, identifiers: Iterable[str]) -> None:
    """Raise `DatasetError` where a run with these identifiers could not be written to `path`."""
    if not (_is_device(path) or path.resolve().parent.is_dir()) or path.is_dir():
        raise DatasetError(
            "{path}: no file can be there; name one in a folder that exists", path=path
        )
    for identifier in identifiers:
        if len(identifier.split()) != 1:
            raise DatasetError(
                "identifier {identifier!r} has white space: a TREC run cannot hold it",
                identifier=identifier,
            )


def write_run(path: Path, lines: Iterable[Retrieved], *, tag: str = "qa") -> None:
    """Write `query Q0 document rank score tag` lines, all or none.

    Raises `DatasetError` for an identifier with white space, or a file that cannot be written.
    """
    lines = list(lines)
    require_writable(path, (name for line in lines for name in (line.query_id, line.document_id)))
    # What is no file, such as /dev/stdout, must not be replaced by one.
    in_place = _is_device(path)
    path = path if in_place else path.resolve()
    target = path if in_place else path.with_name(f"{path.name}.new")
    try:
        with named_errors(path):
            target.write_text("".join(_run_lines(lines, tag)), encoding="utf-8")
            if not in_place:
                target.replace(path)
    finally:
        if not in_place:
            with suppress(OSError):
                target.unlink(missing_ok=True)


def _is_device(path: Path) -> bool:
    return path.exists() and not (path.is_file() or path.is_dir())


def _run_lines(lines: Iterable[Retrieved], tag: str) -> Iterator[str]:
    rank, previous = 0, None
    for line in lines:
        rank = rank + 1 if line.query_id == previous else 1
        previous = line.query_id
        yield f"{line.query_id} Q0 {line.document_id} {rank} {line.score!r} {tag}\n"
