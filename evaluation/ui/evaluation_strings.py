"""The words of the evaluation page, in both languages; those of reports are in `words.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from qa.models import Language

View = Literal["report", "comparison"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationStrings:
    """The page in one language; braces are filled by `str.format`."""

    page: str
    lead: str
    question_set: str
    built_in: str
    no_set: str
    add_set: str
    add_set_help: str
    reading: str
    read: str
    left_out: str
    problems: str
    more: str
    run: str
    running: str
    computing: str
    view: str
    views: dict[View, str]
    shown_run: str
    run_name: str
    run_without_caution: str
    reports_kept: str
    remove_run: str
    run_facts: str
    no_run: str
    shown: str
    failures_in_page: str
    no_failure: str
    html: str
    json: str
    add_run: str
    add_run_help: str
    first: str
    second: str
    two_runs: str
    same_run: str
    comparing: str


FRENCH: Final = EvaluationStrings(
    page="Évaluation",
    lead="Posez un jeu de questions dont les réponses sont connues, mesurez ce que le système en"
    " fait, changez un réglage et comparez.",
    question_set="Jeu de questions",
    built_in="Questions fournies",
    no_set="Ajoutez un jeu de questions sur ces documents pour commencer.",
    add_set="Ajouter un jeu de questions",
    add_set_help="Une question par ligne en JSON (.jsonl), un tableau (.csv), une banque Moodle"
    " (.gift) ou un fichier SQuAD 2.0 (.json).",
    reading="Lecture et vérification des questions…",
    read="{name} · questions\u00a0: {count}",
    left_out="Questions laissées de côté, car aucun document n'a leur réponse mot pour mot"
    " ({count})\u00a0: {ids}",
    problems="{name} ne peut pas être lu\u00a0:",
    more="Autres problèmes\u00a0: {count}",
    run="Mesurer",
    running="Questions\u00a0: {done} sur {total} · quitter la page arrête la mesure",
    computing="Calcul des intervalles…",
    view="Résultats",
    views={"report": "Un essai", "comparison": "Deux essais comparés"},
    shown_run="Essai",
    run_name="{number}. {name} · prudence {caution}",
    run_without_caution="{number}. {name}",
    reports_kept="Les rapports des {count} derniers essais sont gardés\u00a0; les essais plus"
    " anciens peuvent encore être comparés.",
    remove_run="Retirer l'essai {number}",
    run_facts="Questions\u00a0: {count} · empreinte des questions {questions} · empreinte"
    " de l'index {index}",
    no_run="Aucun essai pour l'instant\u00a0: choisissez un jeu de questions et mesurez.",
    shown="Questions {first}–{last} sur {count}",
    failures_in_page="La page à télécharger montre les {count} premières questions\u00a0; toutes"
    " sont ici.",
    no_failure="Aucune question de cette sorte.",
    html="Page (HTML)",
    json="Essai (JSON)",
    add_run="Ajouter un essai enregistré",
    add_run_help="Un fichier de cette page ou de `qa-eval run --save`.",
    first="Premier essai",
    second="Second essai",
    two_runs="Il faut deux essais\u00a0: mesurez deux fois, ou ajoutez un essai enregistré.",
    same_run="Choisissez deux essais différents.",
    comparing="Comparaison question par question…",
)

ENGLISH: Final = EvaluationStrings(
    page="Evaluation",
    lead="Ask a set of questions whose answers are known, measure what the system makes of them,"
    " change a setting and compare.",
    question_set="Question set",
    built_in="Built-in questions",
    no_set="Add a question set on these documents to begin.",
    add_set="Add a question set",
    add_set_help="One question a line in JSON (.jsonl), a table (.csv), a Moodle bank (.gift) or a"
    " SQuAD 2.0 file (.json).",
    reading="Reading and checking the questions…",
    read="{name} · questions: {count}",
    left_out="Questions left out, as no document has their answer word for word ({count}): {ids}",
    problems="{name} cannot be read:",
    more="More problems: {count}",
    run="Measure",
    running="Questions: {done} of {total} · leaving the page stops the run",
    computing="Computing the intervals…",
    view="Results",
    views={"report": "One run", "comparison": "Two runs compared"},
    shown_run="Run",
    run_name="{number}. {name} · caution {caution}",
    run_without_caution="{number}. {name}",
    reports_kept="The reports of the last {count} runs are kept; earlier runs can still be"
    " compared.",
    remove_run="Remove run {number}",
    run_facts="Questions: {count} · digest of the questions {questions} · fingerprint of the index"
    " {index}",
    no_run="No run so far: choose a question set and measure.",
    shown="Questions {first}–{last} of {count}",
    failures_in_page="The page to download shows the first {count} questions; all are here.",
    no_failure="No question of this kind.",
    html="Page (HTML)",
    json="Run (JSON)",
    add_run="Add a saved run",
    add_run_help="A file of this page or of `qa-eval run --save`.",
    first="First run",
    second="Second run",
    two_runs="Two runs are needed: measure twice, or add a saved run.",
    same_run="Choose two different runs.",
    comparing="Comparing question by question…",
)

EVALUATION: Final[dict[Language, EvaluationStrings]] = {"fr": FRENCH, "en": ENGLISH}
