"""Groups of objectives shared out among processes, each with the index open."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from qa.coverage.search import Finder, Found, Groups
from qa.engine import Engine
from qa.errors import QAError, WorkError
from qa.settings import Settings
from qa.workers import UNLIMITED, Stopped, Workers

FEWEST: Final = 8
"""Batches that pay for starting the processes."""


def found_apart(
    place: Path, engine: Engine, many: Iterable[Groups], processes: int
) -> Iterator[list[Found]]:
    """As `Finder.all_found`, by so many processes that open the index at `place`.

    Raises `WorkError` where it is another one than that of `engine` by now.
    """
    tasks = ((place, engine.settings, engine.fingerprint, groups) for groups in many)
    with Workers(processes, UNLIMITED) as workers:
        for outcome in workers.map(_found, tasks):
            if isinstance(outcome, QAError):
                raise outcome
            if isinstance(outcome, Stopped):
                raise WorkError(
                    "a process crashed ({detail}); begin again",
                    detail=outcome.detail or outcome.cause,
                )
            yield outcome


def _found(place: Path, settings: Settings, fingerprint: str, groups: Groups) -> list[Found]:
    return _finder(place, settings, fingerprint).found(groups)


@lru_cache(1)
def _finder(place: Path, settings: Settings, fingerprint: str) -> Finder:
    engine = Engine.open(place, settings)
    if engine.fingerprint != fingerprint:
        raise WorkError("the documents have just changed; begin again")
    # All that is kept here is kept to the end: looking for garbage would find none.
    gc.disable()
    return Finder(engine)
