"""What can go wrong with a cluster is one line, with a remedy and without a secret."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from evaluation.provenance import settings_record
from qa.cli import main
from qa.errors import ClusterError, IndexCorruptedError, IndexNotFoundError, IndexWriteError
from qa.index.cluster.address import Address
from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import FORMAT, current
from qa.index.places import open_index, require, update_index
from qa.settings import Settings, cluster_login
from tests.conftest import WriteFiles
from tests.index.cluster.nodes import Nodes
from tests.index.cluster.test_update import cluster_at


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("a/folder", None),
        ("opensearch://one/books", "opensearch://one:9200/books"),
        ("opensearch:/one:19200,[::1]:9201/books", "opensearch://one:19200,[::1]:9201/books"),
        ("opensearchs://one/books/", "opensearchs://one:9200/books"),
        ("elasticsearch://one/books", "elasticsearch://one:9200/books"),
    ],
)
def test_an_address_says_which_nodes_and_which_name(place: str, expected: str | None) -> None:
    found = Address.of(Path(place))
    assert (found and str(found)) == expected


@pytest.mark.parametrize(
    "place",
    ["opensearch://one", "opensearch://one/Books", "opensearch://one/a/b", "opensearch:///a"],
)
def test_an_address_that_cannot_be_meant(place: str) -> None:
    with pytest.raises(ClusterError, match="no address of an index"):
        Address.of(place)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(ClusterError, match="QA_CLUSTER_PASSWORD") as caught:
        Address.of("opensearch://me:secret@one/books")
    assert "secret" not in str(caught.value)


def test_who_asks_stands_in_no_record() -> None:
    login = cluster_login({"QA_CLUSTER_USER": "me", "QA_CLUSTER_PASSWORD": "secret"})
    assert login is not None
    assert login.password == "secret"  # noqa: S105 - of the test
    assert "secret" not in repr(login)
    assert not any("cluster" in name for name in settings_record(Settings()))
    assert cluster_login({}) is None


def test_no_node_answers(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    place = "opensearch://127.0.0.1:9/books"
    for command in (["ask", "what?"], ["index", str(corpus)]):
        assert main([*command, "--index", place]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert f"no node answers at {place}" in line


def test_the_client_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(ClusterError, match=r"qa-citations\[cluster\]"):
        open_index("opensearch://127.0.0.1:9/books", Settings())


@contextmanager
def answering(status: int, body: bytes, *, before: Iterable[int] = ()) -> Iterator[str]:
    """A server that answers everything so, after the statuses `before`."""
    first = iter(before)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(next(first, status))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_by_itself_is_asked_again(status: int) -> None:
    with answering(200, b'{"found": 1}', before=[status] * 3) as host:
        address = Address.of(Path(f"opensearch://{host}/books"))
        assert address is not None
        cluster = Cluster(address, Settings().cluster, None)
        assert cluster.request("GET", "/books") == {"found": 1}


def test_a_user_who_may_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_CLUSTER_USER", "somebody")
    monkeypatch.setenv("QA_CLUSTER_PASSWORD", "secret")
    with answering(401, b'{"error": "Unauthorized"}') as host:
        assert main(["ask", "what?", "--index", f"opensearch://{host}/books"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "set QA_CLUSTER_USER" in line
    assert "secret" not in line
    assert "somebody" not in line


def test_an_encrypted_connection_is_not_given_up() -> None:
    with answering(200, b"{}") as host, pytest.raises(ClusterError, match="cluster_authority"):
        open_index(f"opensearchs://{host}/books", Settings())


@pytest.mark.cluster
@pytest.mark.xdist_group("cluster")
class TestOnNodes:
    """With a cluster that answers."""

    def test_no_such_index(self, nodes: Nodes) -> None:
        with pytest.raises(IndexNotFoundError, match="qa index SOURCE"):
            open_index(nodes.address("nowhere"), Settings())
        with pytest.raises(IndexNotFoundError):
            require(Path(nodes.address("nowhere")), Settings())

    def test_an_index_of_another_version(
        self, nodes: Nodes, corpus: Path, settings: Settings
    ) -> None:
        place = Path(nodes.address("version"))
        update_index([corpus], place, settings)
        cluster = cluster_at(place)
        found = current(cluster)
        assert found is not None
        cluster.request("PUT", f"/{found.index('passages')}/_mapping", {"_meta": {"format": 99}})
        with pytest.raises(IndexCorruptedError, match=f"format 99, this version reads {FORMAT}"):
            open_index(place, settings)
        update_index([corpus], place, settings, rebuild=True)
        assert open_index(place, settings).statistics.documents == 3

    def test_an_index_of_something_else(
        self, nodes: Nodes, corpus: Path, settings: Settings
    ) -> None:
        place = Path(nodes.address("theirs"))
        cluster_at(place).request("PUT", "/theirs")
        for work in (
            lambda: open_index(place, settings),
            lambda: update_index([corpus], place, settings),
        ):
            with pytest.raises(IndexCorruptedError, match="choose another name"):
                work()

    def test_a_full_disk(
        self, nodes: Nodes, corpus: Path, settings: Settings, write_files: WriteFiles
    ) -> None:
        place = Path(nodes.address("full"))
        update_index([corpus], place, settings)
        cluster = cluster_at(place)
        full = {"cluster.blocks.create_index": True}
        cluster.request("PUT", "/_cluster/settings", {"persistent": full})
        write_files(corpus, {"new.txt": "One more."})
        try:
            with pytest.raises(IndexWriteError, match="its disks are full"):
                update_index([corpus], place, settings)
        finally:
            empty = {"cluster.blocks.create_index": None}
            cluster.request("PUT", "/_cluster/settings", {"persistent": empty})
        assert open_index(place, settings).statistics.documents == 3
        assert update_index([corpus], place, settings).documents == 4

    def test_making_what_is_there_already_is_no_error(self, nodes: Nodes) -> None:
        cluster = cluster_at(nodes.address("twice"))
        assert cluster.request("PUT", "/twice") is not None
        assert cluster.request("PUT", "/twice") == {}

    def test_a_disk_that_is_full_while_writing(self, nodes: Nodes, settings: Settings) -> None:
        cluster = cluster_at(nodes.address("filled"))
        blocked = {"settings": {"index.blocks.read_only_allow_delete": True}}
        cluster.request("PUT", "/filled", blocked)
        with pytest.raises(IndexWriteError, match="its disks are full"):
            cluster.bulk("filled", [b'{"index":{"_id":"0"}}\n{}\n'])
