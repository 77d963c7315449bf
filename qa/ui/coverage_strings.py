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
    reading: str
    working: str
    none: str
    from_pages: str
    from_file: str
    own_objectives: str
    file: str
    file_help: str
    refused: str
    back_to_pages: str
    without_file: str
    totals: str
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
    map_help: str
    objective: str
    title: str
    document: str
    all_documents: str
    share: str
    points: str
    one_language: dict[Language, str]
    nearest: str
    no_passage: str
    not_here: str
    check: str
    open: str
    open_one: str
    in_document: str
    asked_in_vain: str
    none_in_vain: str
    no_objective: str
    questions: str
    more_questions: str
    csv: str
    html: str


FRENCH: Final = CoverageStrings(
    page="Couverture",
    reading="Lecture des objectifs…",
    working="Objectifs comparés aux documents\u00a0: {done} sur {total}",
    none="Aucun document n'est la fiche d'un objectif\u00a0: il n'y a rien à comparer."
    " Donnez votre liste d'objectifs.",
    from_pages="Objectifs dont la fiche est parmi les documents",
    from_file="Objectifs de {name}\u00a0: {count}",
    own_objectives="Vos objectifs",
    file="Fichier d'objectifs",
    file_help="Tableau CSV en UTF-8 ({columns}\u00a0; id et title suffisent), ou référentiel"
    " CASE 1.1 en JSON. Il ne sert qu'à vous, le temps de cette visite.",
    refused="Fichier refusé, rien n'a changé\u00a0: {problem}",
    back_to_pages="Revenir aux fiches",
    without_file="Retirer le fichier",
    totals="Objectifs couverts\u00a0: {covered} · en partie\u00a0: {partly}"
    " · manquants\u00a0: {missing}",
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
    shown="Objectifs {first}–{last} sur {count}, les moins couverts d'abord",
    map_help="Un clic sur une case montre les passages.",
    objective="Objectif",
    title="Intitulé",
    document="Document",
    all_documents="Tous les documents",
    share="Part des points",
    points="{share} des points ({count})",
    one_language={"fr": "couvert en français seulement", "en": "couvert en anglais seulement"},
    nearest="Passage le plus proche, qui ne suffit pas",
    no_passage="Aucun passage n'en parle.",
    not_here="Rien dans ce document.",
    check="À vérifier\u00a0: {french} en français, {english} en anglais",
    open="Lire dans le document",
    open_one="Lire dans le document\u00a0: {title}",
    in_document="Dans son document",
    asked_in_vain="Questions posées en vain",
    none_in_vain="Aucune question n'a été posée en vain.",
    no_objective="Aucun objectif proche",
    questions="Questions",
    more_questions="{count} de plus",
    csv="Tableau (CSV)",
    html="Page (HTML)",
)

ENGLISH: Final = CoverageStrings(
    page="Coverage",
    reading="Reading the objectives…",
    working="Objectives compared with the documents: {done} of {total}",
    none="No document is the page of an objective: there is nothing to compare."
    " Give your list of objectives.",
    from_pages="Objectives whose pages are among the documents",
    from_file="Objectives from {name}: {count}",
    own_objectives="Your objectives",
    file="File of objectives",
    file_help="A CSV table in UTF-8 ({columns}; id and title are enough), or a CASE 1.1"
    " framework in JSON. Only you see it, during this visit.",
    refused="File refused, nothing has changed: {problem}",
    back_to_pages="Back to the pages",
    without_file="Remove the file",
    totals="Objectives covered: {covered} · partly: {partly} · missing: {missing}",
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
    search="Search objectives…",
    nothing="No objective fits these filters.",
    shown="Objectives {first}–{last} of {count}, the least covered first",
    map_help="A click on a cell shows the passages.",
    objective="Objective",
    title="Title",
    document="Document",
    all_documents="All documents",
    share="Share of the points",
    points="{share} of the points ({count})",
    one_language={"fr": "covered in French only", "en": "covered in English only"},
    nearest="Nearest passage, which is not enough",
    no_passage="No passage speaks of it.",
    not_here="Nothing in this document.",
    check="To check: {french} in French, {english} in English",
    open="Read in the document",
    open_one="Read in the document: {title}",
    in_document="In its document",
    asked_in_vain="Questions asked in vain",
    none_in_vain="No question was asked in vain.",
    no_objective="No related objective",
    questions="Questions",
    more_questions="{count} more",
    csv="Table (CSV)",
    html="Page (HTML)",
)

COVERAGE: Final[dict[Language, CoverageStrings]] = {"fr": FRENCH, "en": ENGLISH}
