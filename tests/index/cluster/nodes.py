"""Real nodes of OpenSearch on this machine, from the jars that `make opensearch` fetches."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import qa

JARS: Final = Path(qa.__file__).parent.parent / ".opensearch"
_MODULES: Final = {
    "transport-netty4": ("org.opensearch.transport.Netty4Plugin", ("netty-", "transport-netty4-")),
    "mapper-extras": ("org.opensearch.index.mapper.MapperExtrasPlugin", ("mapper-extras-",)),
}
"""Each with its class and the beginnings of the names of its jars."""
_NETTY_POLICY: Final = """
grant codeBase "${codebase.netty-common}" {
    permission java.io.FilePermission "/proc/sys/net/core/somaxconn", "read";
    permission java.net.SocketPermission "*", "accept,connect";
    permission java.lang.RuntimePermission "*", "setContextClassLoader";
    permission java.lang.RuntimePermission "getClassLoader";
};
grant codeBase "${codebase.netty-transport}" {
    permission java.util.PropertyPermission "sun.nio.ch.bugLevel", "write";
};
"""
"""What a distribution of the server grants its network module."""
_LOGGING: Final = """
status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:opensearch.logs.base_path}/node.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d][%p][%c{1.}] [%node_name]%marker %m%n
rootLogger.level = warn
rootLogger.appenderRef.file.ref = file
"""
_START_SECONDS: Final = 300


def unavailable() -> str:
    """Why no node can be started here; empty where one can."""
    if shutil.which("java") is None:
        return "Java is not installed"
    if not list(JARS.glob("opensearch-2*.jar")):
        return "the server is not there; `make opensearch` fetches it"
    return ""


@dataclass
class Node:
    """One server."""

    folder: Path
    port: int
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(self.command, stdout=output, stderr=output)

    def kill(self) -> None:
        """As a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """It keeps its connections, and answers nothing."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@dataclass
class Nodes:
    """The servers of one cluster."""

    members: list[Node] = field(default_factory=list)

    @property
    def hosts(self) -> str:
        return ",".join(node.host for node in self.members)

    def address(self, name: str) -> str:
        return f"opensearch://{self.hosts}/{name}"

    def wait(self, nodes: int, indices: str = "*", status: str = "green") -> None:
        """Until so many have found each other and these indices are in this state."""
        end = time.monotonic() + _START_SECONDS
        path = f"{indices}?wait_for_nodes={nodes}&wait_for_status={status}&timeout=10s"
        while time.monotonic() < end:
            for node in self.members:
                if node.process is not None and node.process.poll() is not None:
                    raise RuntimeError((node.folder / "output").read_text(errors="replace"))
                with suppress(OSError):
                    url = f"http://{node.host}/_cluster/health/{path}"
                    with urllib.request.urlopen(url, timeout=12) as answer:
                        if not json.load(answer)["timed_out"]:
                            return
            time.sleep(0.2)
        raise TimeoutError(f"no cluster of {nodes} nodes in {_START_SECONDS} s")


def make_home(folder: Path) -> Path:
    """What a distribution has beside the jars: modules with theirs."""
    version = next(JARS.glob("opensearch-2*.jar")).stem.removeprefix("opensearch-")
    for name, (main, starts) in _MODULES.items():
        module = folder / "modules" / name
        module.mkdir(parents=True)
        (module / "plugin-descriptor.properties").write_text(
            f"name={name}\ndescription={name}\nversion={version}\nopensearch.version={version}\n"
            f"java.version=11\nclassname={main}\n",
            encoding="utf-8",
        )
        for jar in JARS.glob("*.jar"):
            if jar.name.startswith(starts):
                shutil.copy(jar, module)
    (folder / "modules/transport-netty4/plugin-security.policy").write_text(
        _NETTY_POLICY, encoding="utf-8"
    )
    return folder


def make_config(folder: Path) -> Path:
    """The configuration of a node, which adds a store of keys to it."""
    folder.mkdir(parents=True)
    (folder / "opensearch.yml").touch()
    (folder / "log4j2.properties").write_text(_LOGGING, encoding="utf-8")
    return folder


@contextmanager
def started(folder: Path, count: int, *, heap: int = 256) -> Iterator[Nodes]:
    """A cluster of so many nodes, each with so many megabytes of heap; ended with the block."""
    home = make_home(folder / "home")
    ports = _free_ports(2 * count)
    names = [f"node{number}" for number in range(count)]
    transports = ",".join(f"127.0.0.1:{port}" for port in ports[count:])
    nodes = Nodes(
        [
            Node(
                folder / name,
                http,
                [
                    *_command(home, folder / name, name, http, transport, heap),
                    f"-Ediscovery.seed_hosts={transports}",
                    f"-Ecluster.initial_cluster_manager_nodes={','.join(names)}",
                ],
            )
            for name, http, transport in zip(names, ports[:count], ports[count:], strict=True)
        ]
    )
    try:
        for node in nodes.members:
            node.start()
        nodes.wait(count)
        yield nodes
    finally:
        for node in nodes.members:
            if node.process is not None:
                node.kill()


def _command(home: Path, data: Path, name: str, port: int, transport: int, heap: int) -> list[str]:
    inside = tuple(start for _, starts in _MODULES.values() for start in starts)
    classes = [str(jar) for jar in sorted(JARS.glob("*.jar")) if not jar.name.startswith(inside)]
    settings = {
        "cluster.name": "tests",
        "node.name": name,
        "path.data": data / "data",
        "path.logs": data,
        "http.port": port,
        "transport.port": transport,
        "network.host": "127.0.0.1",
        # A full disk of the machine that tests is nothing to test.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        # A node that is lost is missed within seconds.
        "cluster.fault_detection.follower_check.interval": "500ms",
        "cluster.fault_detection.follower_check.timeout": "2s",
        "cluster.fault_detection.leader_check.interval": "500ms",
        "cluster.fault_detection.leader_check.timeout": "2s",
    }
    return [
        "java",
        f"-Xms{heap}m",
        f"-Xmx{heap}m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        # Without its native part, the server does not mind who starts it.
        "-Djna.noclasspath=true",
        "-Djna.nosys=true",
        "-Dlog4j2.disable.jmx=true",
        "-Dopensearch.bundled_jdk=false",
        "-Dopensearch.distribution.type=tar",
        f"-Dopensearch.path.home={home}",
        f"-Dopensearch.path.conf={make_config(data / 'config')}",
        "-cp",
        ":".join(classes),
        "org.opensearch.bootstrap.OpenSearch",
        *(f"-E{key}={value}" for key, value in settings.items()),
    ]


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, told by asking for any."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
