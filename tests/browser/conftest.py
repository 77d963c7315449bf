"""A server of the application on a free port, and a browser to look at it with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import qa
from qa.commands.options import INDEX_VARIABLE
from qa.index.update import update_index
from qa.settings import Settings

ROOT = Path(qa.__file__).parent.parent
START_SECONDS = 120
POLL_SECONDS = 0.1
PATIENCE_MS = 60_000
HOSTILE = ":smile: $x^2$ **bold** [x](javascript:alert(1)) <script>document.title='owned'</script>"
MANIFEST = f"""
[[document]]
path = "hostile.txt"
title = "Tocilizumab {HOSTILE}"
"""
HOSTILE_TEXT = f"""Tocilizumab blocks the receptor of interleukin 6 {HOSTILE}.

It is given into a vein.
"""
FILLER = "\n\n".join(
    f"Remark {number}. Doses, dates and side effects are written down at every visit."
    for number in range(40)
)
LONG = f"""# Bispecific antibodies

## Follow-up

{FILLER}

## Mechanism

A bispecific antibody links a T lymphocyte to a tumour cell.

## Conservation

{FILLER}

The flasks of a bispecific antibody are kept between two and eight degrees.
"""


# Machines that run tests are busy: what is there waits for nothing, so patience costs no time.
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def hostile() -> str:
    """Text that would do something if it were taken for mark-up."""
    return HOSTILE


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Starts servers with these environment variables, and ends them with the tests."""
    with ExitStack() as servers:

        def start(**variables: str) -> str:
            folder = tmp_path_factory.mktemp("server")
            return servers.enter_context(serving(folder, **variables))

        yield start


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., str]) -> str:
    """Where an index of three documents is served."""
    folder = tmp_path_factory.mktemp("served")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in (
        ("manifest.toml", MANIFEST),
        ("hostile.txt", HOSTILE_TEXT),
        ("bispecific.md", LONG),
        ("vaccins.md", "# Vaccins\n\nLe vaccin contre la fièvre jaune est un vaccin vivant.\n"),
    ):
        (corpus / name).write_text(text, encoding="utf-8")
    update_index([corpus], folder / "index", Settings())
    return serve(**{INDEX_VARIABLE: str(folder / "index"), "QA_CACHE_DIR": str(folder / "cache")})


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[str]:
    """The application on a free port, its messages in `folder`; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")),
        *("--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"),
    ]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    environment = {**os.environ, "PYTHONPATH": path, **variables}
    log = folder / "server.log"
    with (
        log.open("wb") as messages,
        subprocess.Popen(command, env=environment, stdout=messages, stderr=messages) as process,
    ):
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Poll the health of the server until it answers, ends, or its time is over."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=1):  # noqa: S310 - our own address
                return
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(POLL_SECONDS)
    pytest.fail(f"the server did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium, without a window; its event loop would stand in the way of other tests' own."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a window of its own, and waits for the question box."""
    contexts = []

    def visit(
        address: str,
        width: int = 1440,
        height: int = 900,
        scheme: str = "light",
        locale: str = "fr-FR",
        beside: Page | None = None,
    ) -> Page:
        """`beside` opens it in the window of another page, as a second tab."""
        if beside is None:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,  # type: ignore[arg-type]  # "light" or "dark"
                locale=locale,
            )
            contexts.append(context)
        else:
            context = beside.context
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        page.get_by_test_id("stChatInputTextArea").wait_for()
        return page

    yield visit
    for context in contexts:
        context.close()
