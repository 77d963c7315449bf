"""What the tests share: a small corpus of our own words, and settings that leave no trace."""

from __future__ import annotations

import os
import shutil
import weakref
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import hypothesis
import pytest

from qa.models import Block, Document
from qa.settings import Settings
from tests.index.cluster.nodes import unavailable

# Machines that run tests are busy: how long an example takes says nothing there.
hypothesis.settings.register_profile(
    "project", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("project")

ANTIBODIES = """# Monoclonal antibodies

## How they act

A monoclonal antibody acts in three ways:

- it blocks a soluble ligand such as TNF;
- it marks a cell for destruction by complement;
- it carries a toxin into the cell.

## How they are given

They are proteins that the gut digests, so they are injected into a vein or under the skin.
"""
VACCINES = """# Vaccins et biothérapies

## Vaccins vivants

Les vaccins vivants sont contre-indiqués sous biothérapie immunosuppressive. Le vaccin contre la
fièvre jaune en est un exemple.

## Vaccins inactivés

La vaccination contre la grippe se fait chaque année, avec un vaccin inactivé.
"""
GRAFT = """Autologous transplantation gives patients their own stem cells back.

Allogeneic transplantation uses the cells of a donor, and can cause graft-versus-host disease.
"""

FILES = {"en/antibodies.md": ANTIBODIES, "en/graft.txt": GRAFT, "fr/vaccins.md": VACCINES}

WriteFiles = Callable[[Path, Mapping[str, str]], Path]
Held = Callable[[Callable[[str], object], str], Callable[[], bool]]


@pytest.fixture(autouse=True, scope="session")
def plain_locale() -> Iterator[None]:
    """The command line speaks English, wherever the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.delenv("QA_LANGUAGE", raising=False)
        yield


REQUIRE_BROWSER = "QA_REQUIRE_BROWSER"
REQUIRE_CLUSTER = "QA_REQUIRE_CLUSTER"


def find_chromium() -> str | None:
    """The program of a browser that is installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What a test needs and is not there: it is skipped then, or fails where that is required."""
    for mark, required, lack in (
        ("browser", REQUIRE_BROWSER, "" if find_chromium() else "Chromium is not installed"),
        ("cluster", REQUIRE_CLUSTER, unavailable()),
    ):
        if item.get_closest_marker(mark) is None or not lack:
            continue
        if os.environ.get(required):
            pytest.fail(f"{lack}, and {required} is set")
        pytest.skip(lack)


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of the tests' own: what a user keeps between runs is neither read nor written."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_CACHE_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser, for tests that are marked `browser`."""
    path = find_chromium()
    assert path is not None, "mark the test with `browser`"
    return path


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("QA_")]:
        if name not in (REQUIRE_BROWSER, REQUIRE_CLUSTER):
            monkeypatch.delenv(name)


@pytest.fixture
def work_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages work in a thread of this process: each other one takes a second to begin."""
    from qa.ui import jobs, waiting
    from qa.workers import Limits, Told

    def call(
        function: Callable[..., object],
        arguments: tuple[object, ...],
        limits: Limits,
        on_news: Callable[[Told | None], None],
    ) -> object:
        return function(lambda done, total: on_news(Told(done, total)), *arguments)

    def queue(at_once: int, limits: Limits) -> jobs.Queue:
        return jobs.Queue(at_once, limits, call=call)

    monkeypatch.setattr(waiting, "Queue", queue)
    waiting.queue.clear()
    yield
    waiting.queue.clear()


@pytest.fixture
def write_files() -> WriteFiles:
    """Writes texts to files below a folder, and returns the folder."""

    def write(folder: Path, files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def corpus(tmp_path: Path, write_files: WriteFiles) -> Path:
    """Three documents in two languages."""
    return write_files(tmp_path / "corpus", FILES)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The defaults, with a cache of the test's own."""
    return Settings(cache_dir=tmp_path / "cache")


@pytest.fixture
def held() -> Held:
    """Gives a text to some work, and tells from then on whether something still holds it."""

    class Text(str):
        __slots__ = ("__weakref__",)

    def give(work: Callable[[str], object], text: str) -> Callable[[], bool]:
        given = Text(text)
        reference = weakref.ref(given)
        work(given)
        return lambda: reference() is not None

    return give


@pytest.fixture
def make_document() -> Callable[..., Document]:
    """Builds a document of one paragraph a text."""

    def make(*texts: str, id: str = "one.txt", title: str = "One") -> Document:
        blocks, start = [], 0
        for text in texts:
            blocks.append(Block(kind="paragraph", start=start, end=start + len(text)))
            start += len(text) + 2
        return Document(
            id=id,
            title=title,
            path=id,
            language="en",
            sha256="0" * 64,
            text="\n\n".join(texts),
            blocks=tuple(blocks),
        )

    return make
