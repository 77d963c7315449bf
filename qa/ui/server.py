"""The server side of the application: Streamlit's, behind the guard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, runtime

from qa.errors import QAError
from qa.settings import Settings
from qa.ui.engines import editing_is_on
from qa.ui.visitor import ReaderCookie

MOST_FILES: Final = 10
MOST_BYTES: Final = 60 * 2**20
"""What one session may have uploaded at a time."""
EDITOR_FILES: Final = 100
EDITOR_BYTES: Final = 200 * 2**20
"""The same where documents may be uploaded."""
MOST_MESSAGE_BYTES: Final = 2**20
"""Of a message of a page: it has the state of its controls, some kilobytes."""
_MOST_DIGITS: Final = 9
_UPLOADS: Final = "/_stcore/upload_file/"
_MESSAGES: Final = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"})
_OPERATIONS: Final = frozenset({"deferred_file", "dataframe_chunk"})
_POLICY_VIOLATION: Final = 1008
_HEADERS: Final = (
    (
        b"content-security-policy",
        # The pages of Streamlit carry their styles and scripts inline, and charts are compiled.
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:;"
        b" style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
        b" worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self';"
        b" frame-ancestors 'self'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
)


def middleware() -> list[Middleware]:
    """What every request goes through before Streamlit sees it."""
    most = (EDITOR_FILES, EDITOR_BYTES) if editing_is_on() else (MOST_FILES, MOST_BYTES)
    return [
        Middleware(Guard, held=held, allowed=allowed_origins, most=most),
        Middleware(ReaderCookie, days=kept_days),
    ]


@cache
def kept_days() -> int:
    """Days for which conversations are kept."""
    try:
        return Settings.load().conversations.conversation_days
    except QAError:
        # The pages say what is wrong with the settings.
        return 0


def held(session: str) -> tuple[int, int]:
    """How many files a session has uploaded, and their bytes."""
    manager = runtime.get_instance().uploaded_file_mgr
    files = getattr(manager, "file_storage", {}).get(session, {}).values()
    return len(files), sum(len(file.data) for file in files)


def allowed_origins() -> list[str]:
    """Other origins that the settings of Streamlit name."""
    return list(config.get_option("server.corsAllowedOrigins") or ())


class Guard:
    """Middleware around the application of Streamlit.

    `held` gives the number and the bytes of the files that a session has uploaded; `allowed` the
    addresses of other origins that may connect; `most` bounds those files.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        held: Callable[[str], tuple[int, int]],
        allowed: Callable[[], list[str]],
        most: tuple[int, int] = (MOST_FILES, MOST_BYTES),
    ) -> None:
        self._app = app
        self._held = held
        self._allowed = allowed
        self._most_files, self._most_bytes = most
        self._coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or accompany one connection."""
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _with_headers(send))
        else:
            await self._app(scope, receive, send)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin-1")
        host = headers.get(b"host", b"").decode("latin-1")
        if origin and urlsplit(origin).netloc != host and origin not in self._allowed():
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return

        async def receive_own() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or is_own(message.get("bytes") or b""):
                    return message

        await self._app(scope, receive_own, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        _, found, place = scope["path"].partition(_UPLOADS)
        if not found or scope["method"] != "PUT":
            await self._app(scope, receive, send)
            return
        session = place.partition("/")[0]
        stated = dict(scope["headers"]).get(b"content-length", b"")
        if not stated.isdigit() or len(stated) > _MOST_DIGITS:
            refused = PlainTextResponse("say how long the file is, in at most 9 digits", 411)
            await refused(scope, receive, send)
            return
        files, size = self._held(session)
        coming = self._coming[session]
        if files >= self._most_files or size + coming + int(stated) > self._most_bytes:
            refused = PlainTextResponse("too many files in this session, or too large ones", 413)
            await refused(scope, receive, send)
            return
        self._coming[session] += int(stated)
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[session] -= int(stated)
            self._coming += Counter()  # Without the sessions that have nothing on the way.


def is_own(data: bytes) -> bool:
    """Whether a message is one that the pages of this application send."""
    from streamlit.proto.BackMsg_pb2 import BackMsg

    if len(data) > MOST_MESSAGE_BYTES:
        return False
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return False
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    return kind in _MESSAGES


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name for name, _ in _HEADERS}
            kept = [one for one in message.get("headers", ()) if one[0].lower() not in given]
            message = {**message, "headers": [*kept, *_HEADERS]}
        await send(message)

    return sent
