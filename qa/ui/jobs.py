"""Heavy work of visitors: in processes of its own, a few at a time, the others wait in line.

Work ends when nobody waits for it any more, however that came: a page that is left, a session that
ends, a browser that is closed all stop asking.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Condition, Event, Thread
from time import monotonic
from typing import Any, Final, Generic, TypeVar, cast
from weakref import WeakValueDictionary

from qa.errors import QAError, WorkError
from qa.workers import Limits, Stopped, Told, call_apart

Outcome = TypeVar("Outcome")
Call = Callable[
    [Callable[..., Any], tuple[Any, ...], Limits, Callable[[Told | None], None]],
    Any,
]
"""As `call_apart`."""

PATIENCE: Final = 5.0
"""Seconds without a question after its outcome until work is stopped: pages ask every quarter."""
_MOST_IN_LINE: Final = 50
_BEAT: Final = 0.25
"""Seconds between two looks whether work in line is still waited for."""


class Work(Generic[Outcome]):
    """Something that is being done, or waits in line."""

    def __init__(self) -> None:
        self.progress = Told(0, 0)
        """How far it is; of 0 in total until that is known."""
        self.ahead = 0
        """How much is in line before it; 0 from when it is being done."""
        self._asked = monotonic()
        self._ended = Event()
        self._outcome: Outcome | Exception | None = None

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, after at most so many seconds; who asks is waiting for it."""
        self._asked = monotonic()
        return self._ended.wait(seconds)

    def is_left(self, patience: float) -> bool:
        """Whether nobody has asked for so long."""
        return monotonic() - self._asked > patience

    @property
    def failed(self) -> bool:
        """Whether it has ended without an outcome."""
        return isinstance(self._outcome, Exception)

    def outcome(self) -> Outcome:
        """What came of it, once it has ended; raises what stopped it."""
        if isinstance(self._outcome, Exception):
            # Raised in each session that waits: it must not gather the frames of all of them.
            raise self._outcome.with_traceback(None)
        return cast(Outcome, self._outcome)

    def end(self, outcome: Outcome | Exception) -> None:
        """Give the outcome to all who wait."""
        self._outcome = outcome
        self._ended.set()


class _NobodyWaits(Exception):
    """The last session that waited for some work has left."""


class Queue:
    """Work in the order in which it came; equal work is done once, for all who wait for it."""

    def __init__(
        self, at_once: int, limits: Limits, *, patience: float = PATIENCE, call: Call = call_apart
    ) -> None:
        self._at_once = at_once
        self._limits = limits
        self._patience = patience
        self._call = call
        self._line: list[Work[Any]] = []
        self._moved = Condition()
        self._known: WeakValueDictionary[Hashable, Work[Any]] = WeakValueDictionary()

    def work(
        self, key: Hashable, function: Callable[..., Outcome], *arguments: object
    ) -> Work[Outcome]:
        """What `function` makes of a `Tell` and the arguments; `key` says what work is equal.

        What was done is kept as long as somebody holds it. Raises `WorkError` where the line is
        full.
        """
        with self._moved:
            known = self._known.get(key)
            if known is not None and not known.failed:
                known.wait(0)
                return known
            if len(self._line) >= _MOST_IN_LINE:
                raise WorkError("too much is waiting to be done here; try again in some minutes")
            work: Work[Outcome] = Work()
            self._known[key] = work
            self._line.append(work)
            self._count()
        # A daemon, so that a server that is stopped does not wait for it.
        Thread(target=self._do, args=(work, function, arguments), daemon=True).start()
        return work

    def _do(
        self, work: Work[Any], function: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> None:
        def note(news: Told | None) -> None:
            if work.is_left(self._patience):
                raise _NobodyWaits
            work.progress = news or work.progress

        outcome: Any
        try:
            self._wait_for_turn(work, note)
            outcome = self._call(function, arguments, self._limits, note)
            if isinstance(outcome, Stopped):
                outcome = self._stopped(outcome)
        except _NobodyWaits:
            outcome = WorkError("stopped, as its page was left; begin again")
        except Exception as error:  # noqa: BLE001 - raised again in every session that waits
            outcome = error
        with self._moved:
            self._line.remove(work)
            self._count()
            self._moved.notify_all()
        work.end(outcome)

    def _wait_for_turn(self, work: Work[Any], note: Callable[[None], None]) -> None:
        with self._moved:
            while self._line.index(work) >= self._at_once:
                self._moved.wait(_BEAT)
                note(None)

    def _count(self) -> None:
        for place, work in enumerate(self._line):
            work.ahead = place if place >= self._at_once else 0

    def _stopped(self, how: Stopped) -> QAError:
        match how.cause:
            case "time":
                return WorkError(
                    "stopped after {seconds:g} s of work; give less at a time, or raise"
                    " work_seconds",
                    seconds=self._limits.seconds,
                )
            case "memory":
                return WorkError(
                    "stopped at {megabytes} MB of memory; give less at a time, or raise"
                    " work_memory",
                    megabytes=self._limits.megabytes,
                )
        return WorkError("it crashed ({detail}); give it in another form", detail=how.detail)
