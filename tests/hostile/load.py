"""Sessions that ask while others upload what is hardest to read: `python -m tests.hostile.load`.

The server is one that is running, on the documents that it has: `--url http://localhost:8501`.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import cycle, islice
from typing import Any, Final
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Origin, Subprotocol

from tests.hostile.documents import DOCUMENTS

QUESTIONS: Final = (
    "risks of EPO",
    "What makes the leukaemia come back after CAR-T cells?",
    "vaccins vivants sous biothérapie",
    "How is rituximab given?",
)
_BRACES: Final = "Question " + "{" * 60_000
_OBJECTIVES: Final = "id,title\n" + "".join(f"A{n},How vaccine {n} acts\n" for n in range(9000))
WORST: Final = (
    ("evaluation", "braces.gift", _BRACES),
    ("evaluation", "parentheses.gift", DOCUMENTS["parentheses.txt"]),
    ("evaluation", "nested.json", "[" * 1_000_000),
    ("coverage", "many.csv", _OBJECTIVES),
    ("coverage", "deep.json", '{"CFItems": ' + "[" * 1_000_000),
)
PROMISED_SECONDS: Final = 1.0
_EDGE: Final = "----edge"


class Session:
    """One browser, as far as the server can tell."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.id = ""
        self.widgets: dict[str, str] = {}
        """The latest identifier of each kind of control."""
        self._hash = ""
        self._socket: Any = None

    async def open(self, page: str) -> None:
        """Connect, and run a page for the first time."""
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = await websockets.connect(
            address, origin=Origin(self.url), subprotocols=[Subprotocol("streamlit")], max_size=None
        )
        message = BackMsg()
        message.rerun_script.page_name = page
        await self.run(message)

    async def run(self, message: BackMsg) -> None:
        """Send a message that runs the page, and wait until it has been run."""
        message.rerun_script.page_script_hash = self._hash
        await self._socket.send(message.SerializeToString())
        while True:
            got = ForwardMsg.FromString(await self._socket.recv())
            kind = got.WhichOneof("type")
            if kind == "new_session":
                self.id = got.new_session.initialize.session_id or self.id
                self._hash = got.new_session.page_script_hash
            elif kind == "delta":
                element = got.delta.new_element
                name = element.WhichOneof("type") or ""
                identifier = getattr(getattr(element, name, None), "id", "")
                if identifier:
                    self.widgets[name] = identifier
            elif kind == "script_finished":
                return

    async def ask(self, question: str) -> float:
        """Seconds until a question is answered."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add(id=self.widgets["chat_input"])
        state.chat_input_value.data = question
        begun = time.perf_counter()
        await self.run(message)
        return time.perf_counter() - begun

    async def upload(self, name: str, data: bytes) -> None:
        """Send a file, and wait for what the page makes of it."""
        identifier = uuid.uuid4().hex
        place = f"/_stcore/upload_file/{self.id}/{identifier}"
        await asyncio.to_thread(_put, self.url, place, name, data)
        message = BackMsg()
        widgets = message.rerun_script.widget_states.widgets
        state = widgets.add(id=self.widgets["file_uploader"]).file_uploader_state_value
        file = state.uploaded_file_info.add(file_id=identifier, name=name, size=len(data))
        file.file_urls.file_id = identifier
        await self.run(message)


def _put(url: str, place: str, name: str, data: bytes) -> None:
    """Send a file as the page does, with the token that the server gives against forged sites."""
    connection = HTTPConnection(urlsplit(url).netloc)
    with closing(connection):
        connection.request("GET", "/_stcore/health")
        answer = connection.getresponse()
        answer.read()
        cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
        head = f'--{_EDGE}\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{_EDGE}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={_EDGE}",
            "Cookie": cookie,
            "X-Xsrftoken": cookie.partition("=")[2],
        }
        connection.request("PUT", place, body, headers)
        status = connection.getresponse().status
        if status >= HTTPStatus.BAD_REQUEST:
            raise ConnectionError(f"{place}: {status}")


async def _asking(url: str, questions: Iterator[str], pause: float, after: float) -> list[float]:
    """`after`: seconds until the first, as readers do not ask all at the same moment."""
    await asyncio.sleep(after)
    session = Session(url)
    await session.open("")
    times = []
    for question in questions:
        times.append(await session.ask(question))
        await asyncio.sleep(pause)
    return times


async def _uploading(done: list[str], url: str, page: str, name: str, text: str) -> None:
    while True:
        session = Session(url)
        await session.open(page)
        await session.upload(name, text.encode())
        done.append(name)


async def measure(url: str, sessions: int, each: int, pause: float) -> list[float]:
    """Seconds for each question of each session, while five others upload."""
    done: list[str] = []
    uploads = [asyncio.create_task(_uploading(done, url, *worst)) for worst in WORST]
    asked = await asyncio.gather(
        *(
            _asking(
                url, islice(cycle(QUESTIONS), first, first + each), pause, pause * first / sessions
            )
            for first in range(sessions)
        )
    )
    for task in uploads:
        task.cancel()
    failed = await asyncio.gather(*uploads, return_exceptions=True)
    for error in failed:
        if not isinstance(error, asyncio.CancelledError):
            sys.stdout.write(f"an upload ended: {error!r}\n")
    sys.stdout.write(f"{len(done)} uploads dealt with\n")
    return [seconds for times in asked for seconds in times]


def main() -> int:
    """Print the percentiles; returns 1 where the promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8501")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--questions", type=int, default=5, help="of each session")
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between two of them")
    options = parser.parse_args()
    url = options.url.rstrip("/")
    found = asyncio.run(measure(url, options.sessions, options.questions, options.pause))
    p95 = statistics.quantiles(found, n=20)[-1]
    median = statistics.median(found)
    sys.stdout.write(f"{len(found)} questions: median {median:.3f} s, p95 {p95:.3f} s\n")
    return 0 if p95 < PROMISED_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
