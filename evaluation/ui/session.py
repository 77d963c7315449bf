"""What one browser session holds: question sets, runs, and what was computed from them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count
from typing import Any, Final, Protocol

from evaluation.comparison import Difference, compare
from evaluation.errors import QuestionSetError
from evaluation.exchange.reading import Imported
from evaluation.html_reports import macros
from evaluation.question_report import QuestionReport
from evaluation.saved_runs import SavedRun, saved_run
from evaluation.ui import work
from qa.errors import QAError
from qa.locale.message import Message
from qa.locale.translator import Translator
from qa.ui.served import Served

MOST_SETS: Final = 10
MOST_SET_BYTES: Final = 40 * 2**20
"""Of question sets, all together; earlier ones give way."""
MOST_RUNS: Final = 20
MOST_REPORTS: Final = 8
"""Whole reports that a session keeps: each holds every question with its passages."""
_MOST_SLICES: Final = 60
"""Slices in the heat map of the page; the download has all."""
_MOST_KEPT: Final = 100
"""Of what was computed once, or found wrong with a file."""


class Do(Protocol):
    """Has a function of `evaluation.ui.work` done: equal keys stand for equal work."""

    def __call__(self, key: Hashable, function: Callable[..., Any], /, *arguments: object) -> Any:
        """What it returns; raises `QAError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedSet:
    """A question set as it was uploaded, and as it was read with the documents of that time."""

    name: str
    data: bytes
    fingerprint: str
    read: Imported
    problems: tuple[Message, ...] = ()
    """Why it does not fit those documents, as one that fitted earlier ones may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRun:
    """A run of the session; one that was uploaded has no report, nor have older ones."""

    number: int
    saved: SavedRun
    report: QuestionReport | None = None


@dataclass(slots=True)
class EvaluationSession:
    """The question sets and runs of a session, oldest first."""

    sets: dict[str, UploadedSet] = field(default_factory=dict)
    runs: dict[int, KeptRun] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _received: dict[str, tuple[Message, ...]] = field(default_factory=dict)
    _drawn: dict[tuple[int, str], str] = field(default_factory=dict)
    _compared: dict[tuple[int, int], tuple[Difference, ...]] = field(default_factory=dict)

    def receive(self, identifier: str, take: Callable[[], object]) -> tuple[Message, ...]:
        """Take an upload, once however often it is offered; returns what is wrong with it."""
        if identifier not in self._received:
            problems: tuple[Message, ...] = ()
            try:
                take()
            except QAError as error:
                problems = _problems(error)
            self.refuse(identifier, problems)
        return self._received[identifier]

    def refuse(self, identifier: str, problems: tuple[Message, ...]) -> None:
        """Do not take an upload, or take it no more: this is wrong with it."""
        self._received[identifier] = problems
        _cut(self._received)

    def add_set(self, name: str, data: bytes, served: Served, do: Do) -> None:
        """Keep a question set, in the place of an earlier one of that name; raises `QAError`."""
        read = self._read(name, data, served, do)
        self.sets.pop(name, None)
        self.sets[name] = UploadedSet(
            name=name, data=data, fingerprint=served.fingerprint, read=read
        )
        while len(self.sets) > 1 and (
            len(self.sets) > MOST_SETS
            or sum(len(uploaded.data) for uploaded in self.sets.values()) > MOST_SET_BYTES
        ):
            del self.sets[next(iter(self.sets))]

    def current_set(self, name: str, served: Served, do: Do) -> UploadedSet:
        """An uploaded question set, read again where the documents are others by now."""
        known = self.sets[name]
        if known.fingerprint != served.fingerprint:
            known = replace(known, fingerprint=served.fingerprint, problems=())
            try:
                known = replace(known, read=self._read(name, known.data, served, do))
            except QAError as error:
                known = replace(known, problems=_problems(error))
            self.sets[name] = known
        return known

    def _read(self, name: str, data: bytes, served: Served, do: Do) -> Imported:
        key = "set", name, sha256(data).digest(), served.fingerprint
        read: Imported = do(key, work.read_set, served, name, data)
        return read

    def add_run(self, name: str, data: bytes, served: Served, do: Do) -> KeptRun:
        """Keep a run that was saved; raises `DatasetError`."""
        key = "saved run", name, sha256(data).digest()
        return self._keep(do(key, work.read_saved, served, name, data), None)

    def measure(self, served: Served, name: str, do: Do) -> KeptRun:
        """Run a question set and keep the report; raises `QAError`.

        An empty name is that of the built-in set.
        """
        asked = None
        if name:
            current = self.current_set(name, served, do)
            if current.problems:
                raise QuestionSetError(current.problems)
            asked = current.read.questions
        caution = served.settings.answering.caution
        key = "run", served.fingerprint, caution, asked and (asked.name, asked.sha256)
        report: QuestionReport = do(key, work.measure, served, asked)
        return self._keep(saved_run(report), report)

    def remove(self, number: int) -> None:
        """Forget a run and all that was computed from it."""
        self.runs.pop(number, None)
        self._forget_drawn(number)
        for pair in [pair for pair in self._compared if number in pair]:
            del self._compared[pair]

    def drawn(self, number: int, report: QuestionReport, tr: Translator) -> str:
        """The figures of a run as HTML; intervals take a while and are computed once."""
        key = number, tr.language
        if key not in self._drawn:
            parts = macros("questions", tr)
            self._drawn[key] = parts.figures(report, _MOST_SLICES) + parts.failures_heading(report)
        return self._drawn[key]

    def compared(self, first: int, second: int) -> tuple[Difference, ...]:
        """Two runs question by question, computed once; raises `DatasetError`."""
        key = first, second
        if key not in self._compared:
            self._compared[key] = compare(self.runs[first].saved, self.runs[second].saved)
            _cut(self._compared)
        return self._compared[key]

    def _keep(self, saved: SavedRun, report: QuestionReport | None) -> KeptRun:
        run = KeptRun(number=next(self._numbers), saved=saved, report=report)
        self.runs[run.number] = run
        for number in list(self.runs)[:-MOST_RUNS]:
            self.remove(number)
        whole = [number for number, one in self.runs.items() if one.report is not None]
        for number in whole[:-MOST_REPORTS]:
            self.runs[number] = replace(self.runs[number], report=None)
            self._forget_drawn(number)
        return run

    def _forget_drawn(self, number: int) -> None:
        for key in [key for key in self._drawn if key[0] == number]:
            del self._drawn[key]


def _problems(error: QAError) -> tuple[Message, ...]:
    return error.problems if isinstance(error, QuestionSetError) else (error,)


def _cut(kept: dict[Any, Any]) -> None:
    """Forget the oldest where there are too many."""
    for key in list(kept)[:-_MOST_KEPT]:
        del kept[key]
