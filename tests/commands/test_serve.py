"""`qa serve`: where it serves, and that nothing goes on serving."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

import qa
from qa.cli import main
from qa.index.update import update_index
from qa.settings import Settings

ROOT = Path(qa.__file__).parent.parent
PATIENCE_SECONDS = 60
ADDRESS = re.compile(r"The chat is at http://localhost:(\d+) ")


@pytest.fixture(autouse=True)
def _signals_as_before() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def held() -> Iterator[int]:
    """A port that this process listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments of a server that is none: it takes one connection, and ends."""
    arguments: list[str] = []

    def serve_once(given: Sequence[str], *_: object, **__: object) -> None:
        arguments.extend(given)
        with socket.create_server(("127.0.0.1", port_of(arguments))) as server:
            server.settimeout(PATIENCE_SECONDS)
            server.accept()[0].close()

    monkeypatch.setattr("streamlit.web.cli.main", serve_once)
    return arguments


def port_of(arguments: Sequence[str]) -> int:
    (port,) = (one.split("=")[1] for one in arguments if one.startswith("--server.port="))
    return int(port)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def serving(*arguments: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A chat that is served by a process of its own, and its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "qa.cli", "serve", *arguments],
        cwd=ROOT,
        env={**os.environ, "STREAMLIT_SERVER_HEADLESS": "true", **variables},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            address = ADDRESS.match(said)
            assert address, said + process.stderr.read()
            yield process, int(address[1])
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_every_process_of_it(number: signal.Signals) -> None:
    with serving("--port", str(free_port())) as (process, port):
        with closing(HTTPConnection("localhost", port, timeout=PATIENCE_SECONDS)) as server:
            server.request("GET", "/")
            assert server.getresponse().status == 200
        process.send_signal(number)
        process.wait(PATIENCE_SECONDS)
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
        with pytest.raises(ConnectionRefusedError):
            HTTPConnection("localhost", port).connect()


RESOLVER = """
import socket

resolve = socket.getaddrinfo

def told(host, *arguments, **options):
    if host not in (None, "", "localhost", "127.0.0.1", "::1"):
        with open({log!r}, "a") as names:
            names.write(f"{{host}}\\n")
        raise OSError("no network")
    return resolve(host, *arguments, **options)

socket.getaddrinfo = told
"""


def test_a_page_of_somebody_else_makes_it_look_up_nothing(tmp_path: Path) -> None:
    log = tmp_path / "names.txt"
    (tmp_path / "sitecustomize.py").write_text(RESOLVER.format(log=str(log)))
    with (
        serving("--port", str(free_port()), PYTHONPATH=str(tmp_path)) as (_, port),
        closing(HTTPConnection("localhost", port, timeout=PATIENCE_SECONDS)) as server,
    ):
        handshake = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        }
        for origin, status in (("http://evil.example", 403), (f"http://localhost:{port}", 101)):
            server.request("GET", "/_stcore/stream", headers={**handshake, "Origin": origin})
            answer = server.getresponse()
            assert answer.status == status
            answer.read() if status == 403 else server.close()
    assert not log.exists()


def test_the_next_free_port_is_taken(started: list[str]) -> None:
    assert main(["serve"]) == 0
    first = port_of(started)
    started.clear()
    with socket.create_server(("127.0.0.1", first)):
        assert main(["serve"]) == 0
    assert port_of(started) > first >= 8501


def test_a_port_whose_other_loopback_address_is_taken_is_not_free(started: list[str]) -> None:
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with server:
        assert main(["serve", "--port", str(server.getsockname()[1])]) == 2
    assert not started


def test_who_holds_the_port_is_said(held: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", str(held)]) == 2
    # Before it, the first start of all says that it indexes.
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith(f"qa: port {held} is in use by ")
    assert f"(process {os.getpid()})" in line


def test_a_port_is_in_use_even_if_nobody_says_by_whom(
    held: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psutil.net_connections", lambda _: [])
    assert main(["serve", "--port", str(held)]) == 2
    assert f"port {held} is in use by another process; " in capsys.readouterr().err


def test_ports_of_administrators(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def bind(*_: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("socket.socket.bind", bind)
    assert main(["serve", "--port", "80"]) == 2
    assert "port 80 is for administrators; name one from 1024" in capsys.readouterr().err


def test_all_ports_taken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def bind(*_: object) -> None:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr("socket.socket.bind", bind)
    assert main(["serve"]) == 2
    assert "no port is free from 8501 to 8600; name another" in capsys.readouterr().err


def test_an_index_is_served(
    corpus: Path, tmp_path: Path, started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    update_index([corpus], tmp_path / "index", Settings())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QA_INDEX", "")
    assert main(["serve", "--index", "index", "--port", str(free_port())]) == 0
    assert os.environ["QA_INDEX"] == str(tmp_path / "index")
    assert started[:2] == ["run", str(ROOT / "app.py")]


def test_a_server_that_fails_says_so(
    started: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from streamlit.web import cli

    serve_once = cli.main

    def fail(*arguments: Sequence[str], **_: object) -> None:
        serve_once(*arguments)
        sys.exit(1)

    monkeypatch.setattr("streamlit.web.cli.main", fail)
    assert main(["serve", "--port", str(free_port())]) == 2
    assert "the server ended with 1; its messages are above" in capsys.readouterr().err
