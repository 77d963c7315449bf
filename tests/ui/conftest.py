"""An index of a few documents, and documents and answers made by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.commands.options import INDEX_VARIABLE
from qa.engine import Engine
from qa.index.update import update_index
from qa.models import DocumentInfo, Hit, Objective, Passage, TermMatch
from qa.settings import Settings
from tests.conftest import FILES

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</article></div><b>out</b>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "**bold** $latex$ :smile: [x](javascript:alert(1))",
    "&lt;already&gt; &amp; escaped",
)


@pytest.fixture(params=HOSTILE)
def hostile(request: pytest.FixtureRequest) -> str:
    """Text that would do something if it were taken for mark-up."""
    return str(request.param)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small corpus and an index of it, to be copied."""
    folder = tmp_path_factory.mktemp("indexed")
    for name, text in FILES.items():
        path = folder / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    update_index([folder / "corpus"], folder / "index", Settings(cache_dir=folder / "cache"))
    return folder


@pytest.fixture
def index(indexed: Path, tmp_path: Path) -> Path:
    """An index on disk of the small corpus."""
    return shutil.copytree(indexed / "index", tmp_path / "index")


@pytest.fixture
def served(index: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the documents that the pages open."""
    monkeypatch.setenv(INDEX_VARIABLE, str(index))
    return index


@pytest.fixture
def engine(index: Path, settings: Settings) -> Engine:
    return Engine.open(index, settings)


@pytest.fixture
def make_info() -> Callable[..., DocumentInfo]:
    def make(title: str = "One", **known: object) -> DocumentInfo:
        values = {"id": "one.txt", "path": "one.txt", "language": "en", "sha256": "0" * 64}
        return DocumentInfo(title=title, **{**values, **known})  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_hit(make_info: Callable[..., DocumentInfo]) -> Callable[..., Hit]:
    """A hit whose every text is the same."""

    def make(text: str = "text", *, rank: int = 1, start: int = 0) -> Hit:
        return Hit(
            rank=rank,
            score=1.0,
            confidence=0.5,
            passage=Passage(
                document_id="one.txt",
                start=start,
                end=start + len(text),
                text=text,
                language="en",
                heading=(text,),
            ),
            document=make_info(
                "Title",
                objective=Objective(code="OIC-202-03-B", title=text),
                licence=text,
            ),
            terms=(TermMatch(question_term=text, matched=text, via="exact", contribution=1.0),),
        )

    return make


@pytest.fixture(autouse=True)
def _no_processes(work_here: None) -> None:
    pass
