"""Runs of coverage that build on each other: after a small change, only what it bears on is new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from qa.coverage.cover import Progress, cover
from qa.coverage.kept import Kept, Measured, digests, lines, made_by
from qa.coverage.records import CourseObjective
from qa.coverage.report import CoverageReport
from qa.engine import Engine

_FOLDER: Final = "coverage"
_RUNS_KEPT: Final = 8


def cover_again(
    engine: Engine,
    objectives: Sequence[CourseObjective],
    *,
    fresh: bool = False,
    on_progress: Progress | None = None,
    on_problem: Callable[[str], None] = lambda message: None,
) -> CoverageReport:
    """The report on these objectives, with the help of the last run on them in the cache folder.

    With `fresh`, everything is looked at again. `on_problem` is told where the run cannot be kept
    for the next one.
    """
    path = _path(engine, objectives)
    maker = made_by(engine)
    kept = None if fresh else Kept.load(path, maker)
    if kept is not None and not kept.is_near(engine):
        kept = None
    report = cover(engine, objectives, kept=kept, on_progress=on_progress)
    if kept is not None and kept.is_of(engine, objectives):
        return report
    measured = kept.measured if kept else Measured(engine.fingerprint, digests(report.documents))
    try:
        _write(path, lines(report, measured, maker))
    except OSError as error:
        on_problem(f"{path}: {error.strerror}; the next run will take as long as this one")
    return report


def _path(engine: Engine, objectives: Sequence[CourseObjective]) -> Path:
    """One file for the same objectives: their documents come and go."""
    codes = "\n".join(sorted(one.code for one in objectives))
    name = hashlib.sha256(codes.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return engine.settings.cache_dir / _FOLDER / f"{name}.jsonl"


def _write(path: Path, text: Iterable[str]) -> None:
    """Whole or not at all; runs that were kept long ago are forgotten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", encoding="utf-8", errors="surrogatepass", dir=path.parent, delete=False
    ) as unfinished:
        try:
            unfinished.writelines(text)
            unfinished.close()
            Path(unfinished.name).replace(path)
        finally:
            Path(unfinished.name).unlink(missing_ok=True)
    with suppress(OSError):
        _forget_earlier(path.parent)


def _forget_earlier(folder: Path) -> None:
    """Keep a few runs, the latest, and nothing that a killed process has left behind."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
    for earlier in files[_RUNS_KEPT:]:
        earlier.unlink(missing_ok=True)
