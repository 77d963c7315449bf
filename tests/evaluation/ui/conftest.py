"""The three short documents as those of the server, and the page over them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from qa.commands.options import INDEX_VARIABLE
from qa.index.update import update_index
from qa.settings import Settings

PATIENCE = 60


def evaluation_page() -> None:
    from evaluation.ui import evaluation_page

    evaluation_page.show()


class Page:
    """The page, and what the tests look at in it."""

    def __init__(self) -> None:
        self.app = AppTest.from_function(evaluation_page, default_timeout=PATIENCE)
        self.run()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    @property
    def html(self) -> str:
        """What stands around the figures, without style sheets."""
        bodies = [element.proto.body for element in self.app.get("html")]
        return "\n".join(body for body in bodies if not body.startswith("<style>"))

    @property
    def figures(self) -> str:
        """The HTML of all figures."""
        drawn = [json.loads(one.proto.json) for one in self.app.get("bidi_component")]
        return "\n".join(one for one in drawn if isinstance(one, str))

    def upload(self, name: str, data: bytes, key: str = "evaluation-upload") -> None:
        self.app.file_uploader(key=key).set_value((name, data, "application/octet-stream"))
        self.run()

    def measure(self, caution: str = "balanced") -> None:
        self.app.button_group(key="evaluation-caution").set_value(caution)
        self.app.button(key="evaluation-run").click()
        self.run()

    def view(self, name: str) -> None:
        self.app.button_group(key="evaluation-view").set_value(name)
        self.run()


@pytest.fixture(scope="session")
def indexed(documents_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the three documents, to be copied."""
    folder = tmp_path_factory.mktemp("indexed")
    update_index([documents_folder], folder / "index", Settings(cache_dir=folder / "cache"))
    return folder / "index"


@pytest.fixture
def served(indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of the three documents, as the one that the page opens."""
    folder = shutil.copytree(indexed, tmp_path / "index")
    monkeypatch.setenv(INDEX_VARIABLE, str(folder))
    return folder


@pytest.fixture
def page(served: Path) -> Page:
    """The page as it opens."""
    return Page()


@pytest.fixture
def measured(page: Page, questions_file: Path) -> Page:
    """The page after the four questions were measured."""
    page.upload("small.jsonl", questions_file.read_bytes())
    page.measure()
    return page


@pytest.fixture
def make_page(served: Path) -> Callable[[], Page]:
    """Opens the page in a session of its own."""
    return Page


@pytest.fixture(autouse=True)
def _no_processes(work_here: None) -> None:
    pass
