"""How long an answer takes in the pages, for many sessions at once, beside the smallest chat.

Sessions speak to a server of the application over its websocket, as browsers do: a question goes
out, and the answer is there when the server says that the page is drawn.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from evaluation.answer_measures import percentile_ms
from evaluation.errors import EvaluationError
from qa.builtin import shipped

MINIMAL: Final = """
import streamlit as st

if question := st.chat_input("?"):
    st.chat_message("user").write(question)
    st.chat_message("assistant").write(question[::-1])
"""
_START_SECONDS: Final = 120
_POLL_SECONDS: Final = 0.1
_MEGABYTE: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTiming:
    """What sessions waited for, in milliseconds, and what each holds."""

    what: str
    sessions: int
    asking: int
    answers: int
    p50_ms: float
    p95_ms: float
    megabytes: float | None = None
    """What the server takes for each session that is open, beyond what it takes without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Server:
    port: int
    process: psutil.Process

    @property
    def megabytes(self) -> float:
        return float(self.process.memory_info().rss) / _MEGABYTE


class _Session:
    """One page that is open."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._box = ""
        self._query = ""

    async def run(self, question: str = "") -> float:
        """Draw the page, with a question if there is one; milliseconds until it is drawn."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        if question:
            state = message.rerun_script.widget_states.widgets.add(id=self._box)
            state.chat_input_value.data = question
        begun = time.perf_counter()
        await self._connection.send(message.SerializeToString())
        async for data in self._connection:
            told = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            if told.delta.new_element.HasField("chat_input"):
                self._box = told.delta.new_element.chat_input.id
            if told.delta.new_element.HasField("exception"):
                raise EvaluationError("a page failed; the messages of the server are above")
            kind = told.WhichOneof("type")
            if kind == "page_info_changed":
                self._query = told.page_info_changed.query_string
            if kind == "script_finished":
                return 1000 * (time.perf_counter() - begun)
        raise EvaluationError("the server closed a session; its messages are above")


def measure_sessions(
    questions: Sequence[str], *, at_once: int = 20, open_at_once: int = 100, rounds: int = 5
) -> tuple[SessionTiming, ...]:
    """The minimal chat and the application in turn, then many sessions of the application."""
    with TemporaryDirectory() as folder:
        smallest = Path(folder) / "smallest.py"
        smallest.write_text(MINIMAL, encoding="utf-8")
        with _serving(smallest) as minimal, _serving(shipped("app.py")) as pages:
            return asyncio.run(_measure(minimal, pages, questions, at_once, open_at_once, rounds))


async def _measure(
    minimal: _Server,
    pages: _Server,
    questions: Sequence[str],
    at_once: int,
    open_at_once: int,
    rounds: int,
) -> tuple[SessionTiming, ...]:
    one = await _side_by_side(minimal, pages, questions)
    many = await _together(pages, questions, at_once, at_once, rounds)
    most = await _together(pages, questions, open_at_once, max(open_at_once // 10, 1), rounds)
    return (*one, many, most)


async def _side_by_side(
    minimal: _Server, pages: _Server, questions: Sequence[str]
) -> tuple[SessionTiming, ...]:
    """Each question to both, the one just after the other."""
    waited: dict[str, list[float]] = {"minimal chat": [], "pages": []}
    async with AsyncExitStack() as stack:
        opened = [await _open(stack, server) for server in (minimal, pages)]
        for session in opened:
            await session.run(questions[0])
        for question in questions:
            for times, session in zip(waited.values(), opened, strict=True):
                times.append(await session.run(question))
    return tuple(_timing(what, 1, 1, times) for what, times in waited.items())


async def _together(
    server: _Server, questions: Sequence[str], opened: int, asking: int, rounds: int
) -> SessionTiming:
    """So many sessions are open, and so many of them ask at the same moment, round by round."""
    before = server.megabytes
    async with AsyncExitStack() as stack:
        sessions = [await _open(stack, server) for _ in range(opened)]
        megabytes = (server.megabytes - before) / opened
        times: list[float] = []
        for number in range(rounds):
            asked = [questions[(number * asking + one) % len(questions)] for one in range(asking)]
            pairs = zip(sessions, asked, strict=False)
            times += await asyncio.gather(*(session.run(question) for session, question in pairs))
    return _timing("pages", opened, asking, times, megabytes)


async def _open(stack: AsyncExitStack, server: _Server) -> _Session:
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    subprotocols: Any = ["streamlit"]
    joined = connect(address, subprotocols=subprotocols, max_size=None, proxy=None)
    session = _Session(await stack.enter_async_context(joined))
    await session.run()
    return session


def _timing(
    what: str, sessions: int, asking: int, times: Sequence[float], megabytes: float | None = None
) -> SessionTiming:
    return SessionTiming(
        what=what,
        sessions=sessions,
        asking=asking,
        answers=len(times),
        p50_ms=percentile_ms(times, 50) or 0.0,
        p95_ms=percentile_ms(times, 95) or 0.0,
        megabytes=megabytes,
    )


@contextmanager
def _serving(script: Path) -> Iterator[_Server]:
    """A script on a free port of this machine, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ("--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}")
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
    environment = {**os.environ, "QA_CONVERSATION_DAYS": "0", "STREAMLIT_LOGGER_LEVEL": "error"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield _Server(port=port, process=psutil.Process(process.pid))
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(_POLL_SECONDS)
    raise EvaluationError("a server of the pages did not start; its messages are above")
