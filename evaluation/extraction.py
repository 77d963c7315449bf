"""How much of a web page's article is read, and how little besides: token F1 against gold texts.

A folder has `ground-truth.json`, `{name: {"articleBody": text}}`, and the pages as
`html/{name}.html.gz`, as the article extraction benchmark of Scrapinghub has them
(https://github.com/scrapinghub/article-extraction-benchmark).
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evaluation.errors import DatasetError
from evaluation.jsonlines import named_errors, parse_json
from evaluation.records import mean
from qa.errors import UnreadableDocumentError
from qa.reading.formats import read_content

GOLD: Final = "ground-truth.json"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """Precision and recall of the words of a page, each counted as often as it stands there."""

    name: str
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionReport:
    """The scores of all pages; means are over pages, those that could not be read included."""

    pages: tuple[PageScore, ...]

    def as_json(self) -> dict[str, Any]:
        """What `qa-eval extraction --json` prints."""
        worst = sorted(self.pages, key=lambda page: page.f1)[:10]
        return {
            "pages": len(self.pages),
            "precision": mean([page.precision for page in self.pages]),
            "recall": mean([page.recall for page in self.pages]),
            "F1": mean([page.f1 for page in self.pages]),
            "worst": [{"name": page.name, "F1": page.f1} for page in worst],
        }


def measure_extraction(
    folder: Path, on_progress: Callable[[int, int], None] | None = None
) -> ExtractionReport:
    """Read every page of a folder; raises `DatasetError`."""
    gold = _gold(folder / GOLD)
    pages: list[PageScore] = []
    for number, (name, text) in enumerate(gold, start=1):
        pages.append(_score(name, _read(folder / "html" / f"{name}.html.gz"), text))
        if on_progress is not None:
            on_progress(number, len(gold))
    return ExtractionReport(pages=tuple(pages))


def describe_files(folder: Path) -> Iterator[tuple[str, str]]:
    """The files of a folder without gold texts: how many blocks were read, or why none was."""
    for path in sorted(filter(Path.is_file, folder.rglob("*"))):
        try:
            content = read_content(path.read_bytes(), path.name)
        except UnreadableDocumentError as error:
            yield path.name, f"refused: {error}"
        else:
            yield path.name, f"{content.format}: {len(content.blocks)} blocks"


def _gold(path: Path) -> list[tuple[str, str]]:
    with named_errors(path):
        found = parse_json(path.read_text(encoding="utf-8"))
    match found:
        case dict() if all(
            isinstance(one, dict) and isinstance(one.get("articleBody"), str)
            for one in found.values()
        ):
            return [(name, one["articleBody"]) for name, one in sorted(found.items())]
    raise DatasetError("{path}: expected an object with an 'articleBody' for each page", path=path)


def _read(path: Path) -> str:
    try:
        return read_content(gzip.decompress(path.read_bytes()), "page.html").text
    except UnreadableDocumentError:
        return ""
    except (OSError, EOFError) as error:
        raise DatasetError("{path}: {reason}", path=path, reason=error) from error


def _score(name: str, text: str, gold: str) -> PageScore:
    found, wanted = (Counter(_WORD.findall(one.lower())) for one in (text, gold))
    shared = (found & wanted).total()
    return PageScore(
        name=name,
        precision=shared / found.total() if found else 0.0,
        recall=shared / wanted.total() if wanted else 0.0,
    )
