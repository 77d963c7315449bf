"""Objective pages and course documents, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.coverage.cover import cover
from qa.coverage.objective_sources import objectives_for
from qa.coverage.report import CoverageReport
from qa.engine import Engine
from qa.settings import Settings

PAGE = """{{{{knowledge objective
|Identifiant={code}
|Item_parent=Biotherapies and targeted therapies
|Rank=B
|Title={title}
|Description={description}
|Order=3}}}}

{body}
"""
ANTIBODY_PAGE = PAGE.format(
    code="OIC-202-03-B",
    title="Knowing how monoclonal antibodies act",
    description="",
    body="""'''Monoclonal antibodies act in three ways:'''
* blocking a soluble ligand such as TNF;
* marking a cell for destruction by complement.

The development of ''genome editing tools'' is rapid.
""",
)
VACCINE_PAGE = PAGE.format(
    code="OIC-202-07-B",
    title="Knowing live vaccines",
    description="Live vaccines are contraindicated under immunosuppressive biotherapy",
    body="",
)
GAP_PAGE = PAGE.format(
    code="OIC-300-01-A",
    title="Knowing the treatment of snake bites",
    description="",
    body="An '''antivenom''' neutralises the venom of a viper.",
)
ANTIBODIES = """# Monoclonal antibodies

## How they act

A monoclonal antibody acts in three ways:

- it blocks a soluble ligand such as TNF;
- it marks a cell for destruction by complement;
- it carries a toxin into the cell.
"""
VACCINES = """# Vaccins et biothérapies

Les vaccins vivants sont contre-indiqués sous biothérapie immunosuppressive. Le vaccin contre la
fièvre jaune en est un exemple.
"""
SETTINGS = Settings().changed({"coverage_covered": 0.45, "coverage_partly": 0.3})
"""Among a handful of passages no word is rare, and little is sure."""
FILES = {
    "en/antibodies.md": ANTIBODIES,
    "fr/vaccins.md": VACCINES,
    "objectives/antibodies.wiki": ANTIBODY_PAGE,
    "objectives/vaccines.wiki": VACCINE_PAGE,
    "objectives/snakes.wiki": GAP_PAGE,
}


@pytest.fixture(scope="session")
def teaching(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of courses and objective pages."""
    folder = tmp_path_factory.mktemp("teaching")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def engine(teaching: Path) -> Engine:
    return Engine.from_corpus(teaching, SETTINGS)


@pytest.fixture(scope="session")
def report(engine: Engine) -> CoverageReport:
    return cover(engine, objectives_for(engine))
