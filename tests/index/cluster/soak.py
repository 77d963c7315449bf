"""Asks a cluster while its nodes are killed in turn, and compares every answer.

`make soak`, or `python -m tests.index.cluster.soak --minutes M`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Final

from evaluation.bench import make_material
from evaluation.clusters import sent
from evaluation.text_documents import text_document
from qa.engine import Engine
from qa.errors import ClusterError
from qa.index.build import build_in_memory
from qa.models import Answer
from qa.settings import Settings
from tests.index.cluster.nodes import Nodes, started, unavailable

CLIENTS: Final = 4
_EVERY: Final = 180.0
"""Seconds from one node that is killed to the next."""
_DOWN: Final = 20.0
"""Seconds that it is missed for, at least."""
_PASSAGES: Final = 10_000
_QUESTIONS: Final = 300

Expected = Sequence[tuple[str, Answer]]
"""Questions, each with its answer."""


@dataclass
class Client:
    """What one client has been told so far."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    """Questions with another answer than expected."""
    messages: list[str] = field(default_factory=list)
    """In place of an answer."""
    slowest: float = 0.0
    """Seconds."""

    def ask(self, engine: Engine, question: str, expected: Answer) -> None:
        begun = time.perf_counter()
        try:
            answer = engine.ask(question)
        except ClusterError as error:
            self.messages.append(str(error))
            return
        self.slowest = max(self.slowest, time.perf_counter() - begun)
        if answer == expected:
            self.right += 1
        else:
            self.wrong.append(question)


@contextmanager
def asking(opened: Callable[[], Engine], expected: Expected) -> Iterator[list[Client]]:
    """Clients that ask all the while, each from a question of its own on.

    After the last question an index is opened anew: what was kept of it answers no more.
    """
    done, clients = Event(), [Client() for _ in range(CLIENTS)]

    def ask(number: int) -> None:
        first = number * len(expected) // CLIENTS
        while not done.is_set():
            engine = opened()
            for question, answer in (*expected[first:], *expected[:first]):
                if done.is_set():
                    return
                clients[number].ask(engine, question, answer)

    with ThreadPoolExecutor(CLIENTS) as threads:
        running = [threads.submit(ask, number) for number in range(CLIENTS)]
        try:
            yield clients
        finally:
            done.set()
    for one in running:
        one.result()


def lose(nodes: Nodes, number: int, seconds: float) -> None:
    """Kill a node, and start it again after a while; returns when all copies are whole."""
    nodes.members[number].kill()
    nodes.wait(len(nodes.members) - 1, status="yellow")
    time.sleep(seconds)
    nodes.members[number].start()
    nodes.wait(len(nodes.members))


def soak(nodes: Nodes, cache: Path, seconds: float) -> list[Client]:
    """What the clients were told in so many seconds."""
    settings = Settings(cache_dir=cache).changed({"cluster_shards": len(nodes.members)})
    material = make_material(_PASSAGES, _QUESTIONS)
    documents = [text_document(f"d{n}", "", text) for n, text in enumerate(material.passages)]
    index = build_in_memory(documents, settings)
    local = Engine(index, settings)
    expected = [(question, local.ask(question)) for question in material.questions]
    address = nodes.address("soak")
    sent(index, address, settings)
    nodes.wait(len(nodes.members))
    end = time.monotonic() + seconds
    with asking(lambda: Engine.open(address, settings), expected) as clients:
        for number in cycle(range(len(nodes.members))):
            begun = time.monotonic()
            lose(nodes, number, _DOWN)
            right = sum(client.right for client in clients)
            sys.stdout.write(
                f"node {number} was lost and is back after {time.monotonic() - begun:.0f} s;"
                f" {right} right answers so far\n"
            )
            sys.stdout.flush()
            if time.monotonic() >= end:
                break
            time.sleep(max(0.0, min(begun + _EVERY, end) - time.monotonic()))
    return clients


def main() -> int:
    """Ask for as long as is wanted, and say what came of it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    options = parser.parse_args()
    if reason := unavailable():
        sys.stderr.write(f"{reason}\n")
        return 2
    with TemporaryDirectory() as folder, started(Path(folder), 3) as nodes:
        clients = soak(nodes, Path(folder, "cache"), 60 * options.minutes)
    wrong = [question for client in clients for question in client.wrong]
    messages = [message for client in clients for message in client.messages]
    sys.stdout.write(
        f"{sum(client.right for client in clients)} right answers, {len(wrong)} wrong ones,"
        f" {len(messages)} messages in place of one; the slowest took"
        f" {max(client.slowest for client in clients):.1f} s\n"
    )
    for line in sorted({*wrong, *messages}):
        sys.stdout.write(f"{line}\n")
    return 1 if wrong or messages else 0


if __name__ == "__main__":
    sys.exit(main())
