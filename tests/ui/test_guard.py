"""What visitors may send: origins, uploads, messages; and the headers of every answer."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from qa.ui.server import MOST_BYTES, MOST_FILES, MOST_MESSAGE_BYTES, Guard, is_own

UPLOAD = "/_stcore/upload_file/session/file"


class Server:
    """An application that takes everything, and remembers what."""

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        self.taken.append(message.get("bytes", scope["type"]))
        if scope["type"] == "http":
            headers = [(b"X-Frame-Options", b"DENY")]
            await send({"type": "http.response.start", "status": 204, "headers": headers})


def exchange(
    server: Server,
    scope: dict[str, Any],
    *messages: dict[str, Any],
    held: tuple[int, int] = (0, 0),
) -> list[dict[str, Any]]:
    """What is sent back through the guard."""
    sent: list[dict[str, Any]] = []
    waiting = iter(messages)

    async def receive() -> Any:
        return next(waiting)

    async def send(message: Any) -> None:
        sent.append(message)

    guard = Guard(server, held=lambda _: held, allowed=lambda: ["https://friend.example"])
    # Nothing is really waited for: no event loop is needed, and another test may have one running.
    with suppress(StopIteration):
        guard(scope, receive, send).send(None)
    return sent


def connection(origin: str = "") -> dict[str, Any]:
    headers = [(b"host", b"chat.example:8501"), *([(b"origin", origin.encode())] if origin else [])]
    return {"type": "websocket", "path": "/_stcore/stream", "headers": headers}


def upload(length: str) -> dict[str, Any]:
    headers = [(b"content-length", length.encode())] if length else []
    return {"type": "http", "method": "PUT", "path": UPLOAD, "headers": headers}


@pytest.mark.parametrize("origin", ["", "http://chat.example:8501", "https://friend.example"])
def test_own_pages_and_named_origins_connect(origin: str) -> None:
    server = Server()
    exchange(server, connection(origin), {"type": "websocket.connect"})
    assert server.taken == ["websocket"]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://chat.example"])
def test_pages_of_others_do_not_connect(origin: str) -> None:
    server = Server()
    sent = exchange(server, connection(origin), {"type": "websocket.connect"})
    assert sent == [{"type": "websocket.close", "code": 1008}]
    assert not server.taken


def test_a_message_that_reaches_beyond_its_session_is_not_delivered() -> None:
    server = Server()
    beyond = [
        BackMsg(clear_cache=True),
        BackMsg(set_run_on_save=True),
        BackMsg(load_git_info=True),
        BackMsg(debug_shutdown_runtime=True),
    ]
    own = BackMsg(stop_script=True).SerializeToString()
    messages = [{"type": "websocket.receive", "bytes": one.SerializeToString()} for one in beyond]
    exchange(server, connection(), *messages, {"type": "websocket.receive", "bytes": own})
    assert server.taken == [own]


def test_messages_that_no_page_sends_are_not_own() -> None:
    skills = BackMsg()
    skills.backend_operation_request.install_skills.SetInParent()
    deferred = BackMsg()
    deferred.backend_operation_request.deferred_file.SetInParent()
    rerun = BackMsg()
    rerun.rerun_script.query_string = "a" * MOST_MESSAGE_BYTES
    assert is_own(deferred.SerializeToString())
    assert not is_own(skills.SerializeToString())
    assert not is_own(rerun.SerializeToString())
    assert not is_own(b"\xff\xff")


@pytest.mark.parametrize(
    ("length", "held", "status"),
    [
        ("1000", (0, 0), 204),
        ("1000", (MOST_FILES, 0), 413),
        ("1000", (1, MOST_BYTES - 999), 413),
        (str(MOST_BYTES + 1), (0, 0), 413),
        ("", (0, 0), 411),
        ("9" * 20, (0, 0), 411),
    ],
)
def test_uploads_of_a_session_are_counted(length: str, held: tuple[int, int], status: int) -> None:
    sent = exchange(Server(), upload(length), {"type": "http.request"}, held=held)
    assert sent[0]["status"] == status


def test_every_answer_has_the_headers_once() -> None:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    (answer,) = exchange(Server(), scope, {"type": "http.request"})
    headers = [(name.lower(), value) for name, value in answer["headers"]]
    assert dict(headers)[b"x-content-type-options"] == b"nosniff"
    assert b"frame-ancestors 'self'" in dict(headers)[b"content-security-policy"]
    assert [value for name, value in headers if name == b"x-frame-options"] == [b"SAMEORIGIN"]
