"""A browser is known by a cookie that no script can read and nobody can guess."""

from __future__ import annotations

import asyncio
import re

import pytest
from starlette.types import Message, Receive, Send

from qa.ui.visitor import COOKIE, ReaderCookie


def given(
    cookie: str = "", *, kind: str = "text/html; charset=utf-8", days: int = 30, proto: str = "http"
) -> str:
    """The cookie that comes with an answer of this kind."""
    messages: list[Message] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", kind.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    headers = [(b"cookie", cookie.encode()), (b"x-forwarded-proto", proto.encode())]
    scope = {"type": "http", "scheme": "http", "headers": headers}
    asyncio.run(ReaderCookie(app, days=lambda: days)(scope, receive, send))
    answered: dict[bytes, bytes] = dict(messages[0]["headers"])
    return answered.get(b"set-cookie", b"").decode()


def test_a_page_gives_a_cookie_and_a_file_none() -> None:
    lasting = "Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000"
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; {lasting}", given())
    assert given(kind="text/plain") == ""
    assert given() != given()


def test_it_stays_the_same_and_lasts_from_the_latest_visit() -> None:
    first = given()
    assert given(f"a=b; {first.partition(';')[0]}; c=d") == first


@pytest.mark.parametrize("forged", ["", "short", "x" * 44, "<script>"])
def test_another_form_is_not_taken(forged: str) -> None:
    assert f"{COOKIE}={forged};" not in given(f"a=b; {COOKIE}={forged}")


def test_it_goes_with_the_window_where_nothing_is_kept() -> None:
    assert "Max-Age" not in given(days=0)


def test_behind_tls_it_is_never_sent_without() -> None:
    assert given(proto="https").endswith("; Secure")
