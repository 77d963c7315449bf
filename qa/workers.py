"""Work in processes of its own: what hangs, crashes or fills the memory ends its process only.

A worker is a fresh interpreter, not a fork: the server has threads, and a fork would copy whatever
state they are in. It holds itself to the limits by an alarm and a limit of the system, so that code
which never returns to Python, or crashes, is stopped as well.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from functools import partial
from itertools import count, islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Final, Literal, NamedTuple, Self

from qa.errors import QAError
from qa.garbage import look_for_garbage_less

_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from qa.workers import serve; serve(int(sys.argv[2]), int(sys.argv[3]))"
)
_AT_ONCE: Final = 4
"""Tasks that a worker has in hand, so that it need not wait for the next one."""
_AHEAD: Final = 64
"""Results by worker that are kept for their turn."""
_PATIENCE: Final = 10
"""Seconds on the clock for each of a processor: only what waits for something meets that limit."""
_OUT_OF_MEMORY: Final = 77
"""The exit code of a worker that met its limit of memory."""
_MEGABYTE: Final = 2**20
_BEAT: Final = 0.25
"""Seconds within which it is noticed that a task is not waited for any more."""
_NICENESS: Final = 5


class Limits(NamedTuple):
    """What one task may take."""

    seconds: float
    """Of a processor, so that a busy machine is no reason; ten times as many on the clock."""
    megabytes: int
    """Of memory, the interpreter's own included, where the system can hold a process to it."""


UNLIMITED: Final = Limits(seconds=0, megabytes=1 << 40)


class Stopped(NamedTuple):
    """A task that came to no end."""

    cause: Literal["time", "memory", "crash"]
    detail: str = ""


class Told(NamedTuple):
    """How far a task is, of its own account."""

    done: int
    total: int


Tell = Callable[[int, int], None]
"""What a task is given to say how far it is: what is done, and the total."""


class _Task(NamedTuple):
    number: int
    call: tuple[Callable[..., Any], tuple[Any, ...]]
    tells: bool = False
    """Whether the function takes a `Tell` before its other arguments."""


class _Worker:
    """One process, and the tasks that it has in hand, in their order."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.tasks: deque[_Task] = deque()
        self.connection, self._process = self._begin()

    def _begin(self) -> tuple[Connection, subprocess.Popen[bytes]]:
        ours, theirs = Pipe()
        with theirs:
            number = theirs.fileno()
            process = subprocess.Popen(
                [
                    *(sys.executable, "-I", "-c", _START),
                    *(json.dumps(sys.path), str(number), str(self._limits.megabytes)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[number],
                # Ctrl-C is for the process that is waited for, which ends this one.
                process_group=0,
            )
        return ours, process

    def give(self, task: _Task) -> None:
        self.tasks.append(task)
        # One that has ended is found out by reading from it.
        with suppress(OSError):
            self.connection.send((self._limits.seconds, task.call, task.tells))

    def take(self) -> tuple[int, Any]:
        """The number and the outcome of the task that it had longest, or how far that is."""
        try:
            outcome = self.connection.recv()
        except (EOFError, OSError):
            outcome = self._stopped()
        if isinstance(outcome, Told):
            return self.tasks[0].number, outcome
        task = self.tasks.popleft()
        if isinstance(outcome, Stopped):
            self._begin_again()
        return task.number, outcome

    def _begin_again(self) -> None:
        self.close()
        self.connection, self._process = self._begin()
        waiting, self.tasks = self.tasks, deque()
        for task in waiting:
            self.give(task)

    def _stopped(self) -> Stopped:
        code = self._process.wait()
        if code in (-signal.SIGPROF, -signal.SIGALRM):
            return Stopped("time")
        if code == _OUT_OF_MEMORY:
            return Stopped("memory")
        with suppress(ValueError):
            return Stopped("crash", signal.Signals(-code).name)
        return Stopped("crash", f"exit code {code}")

    def close(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.wait()


class Workers:
    """Processes that share out tasks; to be used in a `with` block, which ends them."""

    def __init__(self, processes: int, limits: Limits) -> None:
        self._workers = [_Worker(limits) for _ in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.close()

    def map(self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """What `function` returns for the arguments of each task, in the order of the tasks.

        A `QAError` that it raises is its outcome, `Stopped` where it came to no end.
        """
        calls = ((function, task) for task in tasks)
        waiting = (_Task(number, call) for number, call in enumerate(calls))
        # Begun before the first result is asked for.
        self._hand_out(waiting, 0)
        return self._results(waiting)

    def _results(self, waiting: Iterator[_Task]) -> Iterator[Any]:
        done: dict[int, Any] = {}
        for turn in count():
            while turn not in done:
                self._hand_out(waiting, len(done))
                busy = [worker for worker in self._workers if worker.tasks]
                if not busy:
                    return
                ready = wait([worker.connection for worker in busy])
                for worker in busy:
                    if worker.connection in ready:
                        number, outcome = worker.take()
                        done[number] = outcome
            yield done.pop(turn)

    def _hand_out(self, waiting: Iterator[_Task], done: int) -> None:
        """Give every worker tasks in turn, unless too many results wait for an earlier one."""
        for _ in range(_AT_ONCE):
            for worker in self._workers:
                if len(worker.tasks) < _AT_ONCE and done < _AHEAD * len(self._workers):
                    for task in islice(waiting, 1):
                        worker.give(task)


def call_apart(
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    limits: Limits,
    on_news: Callable[[Told | None], None],
) -> Any:
    """The outcome of one call, as of `Workers.map`, in a process that makes way for others.

    The function is given a `Tell` first. `on_news` is called with what it tells, and with None
    while there is nothing new; what that raises ends the process.
    """
    with closing(_Worker(limits)) as worker:
        worker.give(_Task(0, (_making_way, (function, *arguments)), tells=True))
        while True:
            if not worker.connection.poll(_BEAT):
                on_news(None)
                continue
            _, outcome = worker.take()
            if not isinstance(outcome, Told):
                return outcome
            on_news(outcome)


def _making_way(tell: Tell, function: Callable[..., Any], *arguments: Any) -> Any:
    os.nice(_NICENESS)
    return function(tell, *arguments)


def available_processors() -> int:
    """How many processors this process may use."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def serve(descriptor: int, megabytes: int) -> None:
    """The life of a worker: call what comes, send back what it returns, until nothing comes."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MEGABYTE,) * 2)
    look_for_garbage_less()
    connection = Connection(descriptor)
    sys.excepthook = _reporting(connection)
    inbox: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_receive, args=(connection, inbox), daemon=True).start()
    while True:
        message = inbox.get()
        if isinstance(message, EOFError | OSError):
            return
        if isinstance(message, BaseException):
            raise message
        seconds, (function, arguments), tells = message
        if tells:
            arguments = (partial(_tell, connection), *arguments)
        _stop_after(seconds)
        try:
            outcome = function(*arguments)
        except QAError as error:
            outcome = _without_exceptions(error)
        _stop_after(0)
        connection.send(outcome)


def _receive(connection: Connection, inbox: SimpleQueue[Any]) -> None:
    """Take what comes as it comes, to the end or what else stops it.

    Who hands out large tasks waits until they are taken, and reads no large result meanwhile.
    """
    try:
        while True:
            inbox.put(connection.recv())
    except BaseException as error:  # noqa: BLE001 - raised again by who reads the inbox
        inbox.put(error)


def _without_exceptions(error: QAError) -> QAError:
    """The error with what other exceptions say in their place: many cannot be sent."""
    for name, value in error.values.items():
        if isinstance(value, QAError):
            _without_exceptions(value)
        elif isinstance(value, BaseException):
            error.values[name] = str(value)
    return error


def _tell(connection: Connection, done: int, total: int) -> None:
    connection.send(Told(done, total))


def _stop_after(seconds: float) -> None:
    """Let the system end this process then, whatever it is doing; 0 for never."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE * seconds)


def _reporting(
    connection: Connection,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What is done with an exception that nothing expected: said, and the process ends."""

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, MemoryError):
            os._exit(_OUT_OF_MEMORY)
        with suppress(OSError):
            connection.send(Stopped("crash", f"{kind.__name__}: {error}"[:200]))

    return report
