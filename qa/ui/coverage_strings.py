"""The words of the coverage page, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qa.coverage.records import Level, PageState, PointKind
from qa.models import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageStrings:
    """The page in one language; braces are filled by `str.format`."""

    page: str
    working: str
    none: str
    totals: str
    rule: str
    levels: dict[Level, str]
    kinds: dict[PointKind, str]
    states: dict[PageState, str]
    item: str
    rank: str
    language: str
    any_language: str
    languages: dict[Language, str]
    level: str
    any: str
    search: str
    nothing: str
    shown: str
    previous: str
    next: str
    map: str
    map_help: str
    objective: str
    title: str
    document: str
    all_documents: str
    share: str
    points: str
    one_language: dict[Language, str]
    evidence: str
    nearest: str
    no_passage: str
    not_here: str
    check: str
    csv: str
    html: str


FRENCH: Final = CoverageStrings(
    page="Couverture",
    working="Comparaison des objectifs et des documents…",
    none="Aucun document n'est la fiche d'un objectif : il n'y a rien à comparer.",
    totals="{covered} objectifs couverts, {partly} en partie, {missing} manquants",
    rule="Ce que disent les niveaux",
    levels={
        Level.missing: "manquant",
        Level.partly: "en partie",
        Level.covered: "couvert",
    },
    kinds={"title": "Intitulé", "description": "Description", "statement": "Énoncé"},
    states={
        "present": "fiche présente",
        "stub": "fiche sans texte",
        "absent": "pas de fiche",
    },
    item="Item",
    rank="Rang",
    language="Documents en",
    any_language="toutes langues",
    languages={"fr": "français", "en": "anglais"},
    level="Niveau",
    any="Tous",
    search="Chercher un objectif…",
    nothing="Aucun objectif ne correspond à ces filtres.",
    shown="{first}–{last} sur {count} objectifs, les moins couverts d'abord",
    previous="Précédents",
    next="Suivants",
    map="Objectifs et documents",
    map_help="Un clic sur une case montre les passages.",
    objective="Objectif",
    title="Intitulé",
    document="Document",
    all_documents="Tous les documents",
    share="Part des points",
    points="{share} de {count} points",
    one_language={"fr": "couvert en français seulement", "en": "couvert en anglais seulement"},
    evidence="Points de l'objectif et passages",
    nearest="Passage le plus proche, qui ne suffit pas",
    no_passage="Aucun passage n'en parle.",
    not_here="Rien dans ce document.",
    check="À vérifier : {french} en français, {english} en anglais",
    csv="Tableau (CSV)",
    html="Page (HTML)",
)

ENGLISH: Final = CoverageStrings(
    page="Coverage",
    working="Comparing objectives and documents…",
    none="No document is the page of an objective: there is nothing to compare.",
    totals="{covered} objectives covered, {partly} partly, {missing} missing",
    rule="What the levels mean",
    levels={Level.missing: "missing", Level.partly: "partly", Level.covered: "covered"},
    kinds={"title": "Title", "description": "Description", "statement": "Statement"},
    states={"present": "page present", "stub": "page without text", "absent": "no page"},
    item="Item",
    rank="Rank",
    language="Documents in",
    any_language="any language",
    languages={"fr": "French", "en": "English"},
    level="Level",
    any="All",
    search="Search an objective…",
    nothing="No objective fits these filters.",
    shown="{first}–{last} of {count} objectives, the least covered first",
    previous="Previous",
    next="Next",
    map="Objectives and documents",
    map_help="A click on a cell shows the passages.",
    objective="Objective",
    title="Title",
    document="Document",
    all_documents="All documents",
    share="Share of the points",
    points="{share} of {count} points",
    one_language={"fr": "covered in French only", "en": "covered in English only"},
    evidence="Points of the objective and passages",
    nearest="Nearest passage, which is not enough",
    no_passage="No passage speaks of it.",
    not_here="Nothing in this document.",
    check="To check: {french} in French, {english} in English",
    csv="Table (CSV)",
    html="Page (HTML)",
)

COVERAGE: Final[dict[Language, CoverageStrings]] = {"fr": FRENCH, "en": ENGLISH}
