"""How well coverage tells what the documents have: objectives of which some pages are hidden."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from evaluation.answer_measures import auroc, calibration_error
from evaluation.coverage_items import ItemRow, item_rows
from evaluation.errors import DatasetError
from evaluation.records import mean
from qa.coverage.cover import Progress, cover
from qa.coverage.objectives import Stated, course_objectives, is_stub
from qa.coverage.records import LEVELS, Level
from qa.engine import Engine
from qa.models import Document, Language
from qa.settings import Settings

HIDDEN_SHARE: Final = 0.3
_SEED: Final = b"coverage"


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenItems:
    """Objectives of which some items' pages are hidden; one entry an objective in each tuple."""

    name: str
    covered: tuple[bool, ...]
    """Whether its page is among the documents."""
    confidences: tuple[float, ...]
    levels: tuple[Level, ...]
    documents: int
    items: tuple[ItemRow, ...] = ()

    @property
    def auroc(self) -> float | None:
        """Probability that a covered objective has a higher confidence than a hidden one."""
        return auroc(self.covered, self.confidences)

    def precision(self, least: Level) -> float | None:
        """Share of the objectives from this level on that are covered."""
        return mean([float(c) for c, level in self._pairs if _reaches(level, least)])

    def recall(self, least: Level) -> float | None:
        """Share of the covered objectives that reach this level."""
        return mean([float(_reaches(level, least)) for c, level in self._pairs if c])

    def as_json(self) -> dict[str, Any]:
        """The figures as `qa-eval coverage --json` prints them."""
        return {
            "objectives": self.name,
            "count": len(self.covered),
            "documents": self.documents,
            "with_page": sum(self.covered),
            "AUROC": self.auroc,
            "ECE": calibration_error(self.covered, self.confidences),
            **{
                f"{figure}_{name}": getattr(self, figure)(least)
                for figure in ("precision", "recall")
                for name, least in (("covered", Level.covered), ("partly", Level.partly))
            },
        }

    @property
    def _pairs(self) -> Iterable[tuple[bool, Level]]:
        return zip(self.covered, self.levels, strict=True)


def hidden_items(items: Iterable[str], share: float = HIDDEN_SHARE) -> frozenset[str]:
    """A fixed share of the items, by the hash of their numbers."""
    return frozenset(
        item for item in items if hashlib.sha256(_SEED + item.encode()).digest()[0] < share * 256
    )


def measure_hidden_items(
    pages: Sequence[Document],
    settings: Settings,
    *,
    titles: Mapping[str, Stated] | None = None,
    share: float = HIDDEN_SHARE,
    on_progress: Progress | None = None,
) -> HiddenItems:
    """The objectives by their header fields, or by `titles` of their codes, against bodies.

    Bodies have no title and no header. Objectives without a body are left out: nothing would be
    hidden. Raises `DatasetError` where there is no objective page.
    """
    with_body = pages_with_body(pages)
    hidden = hidden_items({item_of(page) for page in with_body}, share)
    present = [page for page in with_body if item_of(page) not in hidden]
    return measure_present(with_body, present, settings, titles=titles, on_progress=on_progress)


def pages_with_body(pages: Iterable[Document]) -> list[Document]:
    """Objective pages that say more than what their objective is."""
    return [page for page in pages if page.objective and not is_stub(page)]


def measure_present(
    pages: Sequence[Document],
    present: Sequence[Document],
    settings: Settings,
    *,
    titles: Mapping[str, Stated] | None = None,
    on_progress: Progress | None = None,
) -> HiddenItems:
    """The objectives of `pages` against the bodies of those that are `present`."""
    bodies = [replace(page, title="", objective=None) for page in present]
    objectives = course_objectives(_stated(pages, titles))
    if not bodies or not objectives:
        raise DatasetError("no objective pages with a text of their own; give a folder of them")
    engine = Engine.over(bodies, settings)
    report = cover(engine, objectives, on_progress=on_progress)
    known = {page.objective.code for page in present if page.objective}
    name = "header fields" if titles is None else "given titles"
    return HiddenItems(
        name=name,
        covered=tuple(row.objective.code in known for row in report.objectives),
        confidences=tuple(row.overall.confidence for row in report.objectives),
        levels=tuple(row.level for row in report.objectives),
        documents=len(bodies),
        items=item_rows(name, report.objectives, known),
    )


def read_titles(path: Path, language: Language = "fr") -> dict[str, Stated]:
    """Titles of objectives by code, from JSON objects with `title_fr` and `item_title_fr`.

    Raises `DatasetError`.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return {
            code: Stated(
                code=code,
                title=entry[f"title_{language}"],
                language=language,
                item_title=entry.get(f"item_title_{language}", ""),
            )
            for code, entry in entries.items()
        }
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise DatasetError(
            "{path}: {error!r}; expected {{code: {{title_{language}, item_title_{language}}}}}",
            path=path,
            error=error,
            language=language,
        ) from error


def _stated(pages: Sequence[Document], titles: Mapping[str, Stated] | None) -> Iterable[Stated]:
    for page in pages:
        objective = page.objective
        if objective is None or (titles is not None and objective.code not in titles):
            continue
        yield (
            titles[objective.code]
            if titles is not None
            else Stated(
                code=objective.code,
                title=objective.title or objective.description,
                language=page.language,
                description=objective.description,
                item_title=objective.item_title,
            )
        )


def item_of(page: Document) -> str:
    """The item of the objective whose page it is."""
    return page.objective.item if page.objective else ""


def _reaches(level: Level, least: Level) -> bool:
    return LEVELS.index(level) >= LEVELS.index(least)
