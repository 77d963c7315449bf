"""Who reads: a browser, known by a cookie that nobody can guess, without a word on the person."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Final

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE: Final = "qa-reader"
_DAY_SECONDS: Final = 86_400
_BYTES: Final = 32
_VALUE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""What `token_urlsafe` makes of so many bytes."""
_SENT: Final = re.compile(rf"(?:^|; ?){COOKIE}=({_VALUE.pattern})(?:;|$)")


def identity() -> str:
    """A hash of the cookie; empty for a browser without it."""
    value = str(st.context.cookies.get(COOKIE, ""))
    return sha256(value.encode()).hexdigest() if _VALUE.fullmatch(value) else ""


class ReaderCookie:
    """Middleware that gives each browser its cookie with a page, which no script can read.

    `days` says how long it lasts after the last visit; 0 is until the browser is closed.
    """

    def __init__(self, app: ASGIApp, *, days: Callable[[], int]) -> None:
        self._app = app
        self._days = days

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                given = (b"set-cookie", self._cookie(scope).encode())
                message = {**message, "headers": [*message["headers"], given]}
            await send(message)

        await self._app(scope, receive, sent)

    def _cookie(self, scope: Scope) -> str:
        headers = dict(scope["headers"])
        known = _SENT.search(headers.get(b"cookie", b"").decode("latin-1"))
        parts = [f"{COOKIE}={known[1] if known else secrets.token_urlsafe(_BYTES)}"]
        parts += ["Path=/", "HttpOnly", "SameSite=Lax"]
        if days := self._days():
            parts.append(f"Max-Age={days * _DAY_SECONDS}")
        if b"https" in (headers.get(b"x-forwarded-proto"), scope["scheme"].encode()):
            parts.append("Secure")
        return "; ".join(parts)


def _is_page(message: Message) -> bool:
    kind = dict(message.get("headers", ())).get(b"content-type", b"")
    return bool(kind.startswith(b"text/html"))
