"""How well coverage tells what the documents have: on hidden pages, and against a table by hand."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from evaluation.errors import DatasetError
from evaluation.records import mean
from qa.coverage.cover import Progress, cover
from qa.coverage.objectives import Stated, course_objectives, is_stub
from qa.coverage.records import LEVELS, Level
from qa.coverage.report import CoverageReport
from qa.coverage.sources import objectives_for
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.models import Document, Language
from qa.settings import Settings

HIDDEN_SHARE: Final = 0.3
_SEED: Final = b"coverage"
GOLD: Final = Path(__file__).parent / "coverage_gold.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenItems:
    """Objectives of which some items' pages are hidden; one entry an objective in each tuple."""

    name: str
    covered: tuple[bool, ...]
    """Whether its page is among the documents."""
    confidences: tuple[float, ...]
    levels: tuple[Level, ...]
    documents: int

    @property
    def auroc(self) -> float | None:
        """Probability that a covered objective has a higher confidence than a hidden one."""
        from sklearn.metrics import roc_auc_score

        if len(set(self.covered)) < 2:
            return None
        return float(roc_auc_score(self.covered, self.confidences))

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
            **{
                f"{figure}_{name}": getattr(self, figure)(least)
                for figure in ("precision", "recall")
                for name, least in (("covered", Level.covered), ("partly", Level.partly))
            },
        }

    @property
    def _pairs(self) -> Iterable[tuple[bool, Level]]:
        return zip(self.covered, self.levels, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAgreement:
    """Levels of objective and document against a table made by reading the documents."""

    expected: Mapping[tuple[str, str], Level]
    found: Mapping[tuple[str, str], Level]

    @property
    def agreement(self) -> float:
        """Share of the cells that are equal, 0 to 1."""
        return sum(self.found[k] == level for k, level in self.expected.items()) / len(
            self.expected
        )

    @property
    def kappa(self) -> float:
        """Agreement beyond that by chance, with linear weights (Cohen, 1968)."""
        from sklearn.metrics import cohen_kappa_score

        cells = sorted(self.expected)
        sides = [
            [LEVELS.index(side[cell]) for cell in cells] for side in (self.expected, self.found)
        ]
        return float(cohen_kappa_score(*sides, weights="linear"))

    def as_json(self) -> dict[str, Any]:
        """The figures, and every cell that differs."""
        return {
            "cells": len(self.expected),
            "agreement": self.agreement,
            "kappa_linear": self.kappa,
            "differ": [
                {
                    "objective": cell[0],
                    "document": cell[1],
                    "gold": str(level),
                    "found": str(self.found[cell]),
                }
                for cell, level in sorted(self.expected.items())
                if self.found[cell] != level
            ],
        }


def hidden_items(items: Iterable[str]) -> frozenset[str]:
    """The fixed share of the items, by the hash of their numbers."""
    return frozenset(
        item
        for item in items
        if hashlib.sha256(_SEED + item.encode()).digest()[0] < HIDDEN_SHARE * 256
    )


def measure_hidden_items(
    pages: Sequence[Document],
    settings: Settings,
    *,
    titles: Mapping[str, Stated] | None = None,
    on_progress: Progress | None = None,
) -> HiddenItems:
    """The objectives by their header fields, or by `titles` of their codes, against bodies.

    Bodies have no title and no header. Objectives without a body are left out: nothing would be
    hidden. Raises `DatasetError` where there is no objective page.
    """
    with_body = [page for page in pages if page.objective and not is_stub(page)]
    hidden = hidden_items({_item(page) for page in with_body})
    bodies = [
        replace(page, title="", objective=None) for page in with_body if _item(page) not in hidden
    ]
    objectives = course_objectives(_stated(with_body, titles))
    if not bodies or not objectives:
        raise DatasetError("no objective pages with a text of their own; give a folder of them")
    engine = Engine(build_in_memory(bodies, settings), settings)
    report = cover(engine, objectives, on_progress=on_progress)
    return HiddenItems(
        name="header fields" if titles is None else "given titles",
        covered=tuple(one.objective.item not in hidden for one in report.objectives),
        confidences=tuple(one.overall.confidence for one in report.objectives),
        levels=tuple(one.level for one in report.objectives),
        documents=len(bodies),
    )


def measure_gold(engine: Engine, gold: Path = GOLD) -> GoldAgreement:
    """The report on the pages of an engine's documents against a table by hand."""
    return agreement(cover(engine, objectives_for(engine)), read_gold(gold))


def agreement(report: CoverageReport, expected: Mapping[tuple[str, str], Level]) -> GoldAgreement:
    """A report against a table; raises `DatasetError` for an objective that it does not have."""
    found = {}
    for code, document in expected:
        one = report.objective(code)
        if one is None:
            raise DatasetError(f"no objective {code} in the documents; mend the table")
        cell = one.in_document(document)
        found[code, document] = cell.level if cell else Level.missing
    return GoldAgreement(expected=expected, found=found)


def read_gold(path: Path) -> dict[tuple[str, str], Level]:
    """Levels by objective and document of a table of documents by objectives."""
    levels = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            document = row.pop("document", "")
            for code, level in row.items():
                if level not in LEVELS:
                    raise DatasetError(
                        f"{path}, line {number}: {code} is {level!r};"
                        f" expected one of: {', '.join(LEVELS)}"
                    )
                levels[code, document] = Level(level)
    return levels


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
            f"{path}: {error!r}; expected {{code: {{title_{language}, item_title_{language}}}}}"
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


def _item(page: Document) -> str:
    return page.objective.item if page.objective else ""


def _reaches(level: Level, least: Level) -> bool:
    return LEVELS.index(level) >= LEVELS.index(least)
