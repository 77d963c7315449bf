"""Coverage against a table made by reading the documents: objective by document."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evaluation.errors import DatasetError
from qa.coverage.cover import cover
from qa.coverage.objective_sources import objectives_for
from qa.coverage.records import LEVELS, Level
from qa.coverage.report import CoverageReport
from qa.engine import Engine

GOLD: Final = Path(__file__).parent / "coverage_gold.csv"


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


def measure_gold(engine: Engine, gold: Path = GOLD) -> GoldAgreement:
    """The report on the pages of an engine's documents against a table by hand."""
    return agreement(cover(engine, objectives_for(engine)), read_gold(gold))


def agreement(report: CoverageReport, expected: Mapping[tuple[str, str], Level]) -> GoldAgreement:
    """A report against a table; raises `DatasetError` for what the documents do not have."""
    if not expected:
        raise DatasetError("the table has no cells; give objectives and documents")
    known = {document.id for document in report.documents}
    found = {}
    for code, document in expected:
        one = report.objective(code)
        if one is None:
            raise DatasetError("no objective {code} in the documents; mend the table", code=code)
        if document not in known:
            raise DatasetError(
                "no document {document} in the index; mend the table", document=document
            )
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
                        "{path}, line {number}: {code} is {level!r}; expected one of: {levels}",
                        path=path,
                        number=number,
                        code=code,
                        level=level,
                        levels=", ".join(LEVELS),
                    )
                levels[code, document] = Level(level)
    return levels
