"""The words of the reports that people read, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from qa.models import Language

Why = Literal[
    "answered what the documents do not answer",
    "abstained",
    "right passage, wrong extracts",
    "wrong passage first",
]
"""What can go wrong with a question."""
Verdict = Literal[
    "no question differs",
    "no real difference: chance would often give as much",
    "the second run is better",
    "the second run is worse",
]
"""What a comparison says of one measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """The reports in one language; braces are filled by `str.format`. Measures keep their names."""

    language: Language
    title: str
    lead: str
    measures: str
    measures_figure: str
    extract_words: str
    when: str
    when_lead: str
    curve: str
    diagram: str
    coverage: str
    risk: str
    confidence: str
    share_right: str
    questions: str
    slices: str
    slice: str
    slice_names: dict[str, str]
    sliced: str
    """What a slice is named, `{by}` being one of `slice_names`."""
    slices_hidden: str
    failures: str
    failures_hidden: str
    kind: str
    why: str
    all: str
    whys: dict[Why, str]
    place: str
    no_place: str
    unanswerable: str
    found: str
    extract: str
    wanted: str
    rests: str
    sha256: str
    fingerprint: str
    setting: str

    against: str
    effects: str
    header: tuple[str, ...]
    """Measure, first, second, effect, wins, losses, p, verdict."""
    verdicts: dict[Verdict, str]
    changes: str
    changes_hidden: str
    change_header: tuple[str, ...]
    """Question, first, second, difference."""
    changed: str
    no_difference: str
    conclusion: str
    better: str
    worse: str
    conjunction: str


ENGLISH: Final = ReportWords(
    language="en",
    title="Evaluation: {name}",
    lead="Questions: {count}; answerable from the documents: {answerable}."
    " Intervals are 95 % bootstrap intervals over questions.",
    measures="Measures",
    measures_figure="Measures with 95 % intervals",
    extract_words="Extracts have {words} words on average.",
    when="When to answer",
    when_lead="Risk over coverage: how often an answer is wrong, when only the most confident"
    " questions are answered. Confidence against the share of right answers: on the dashed line"
    " they agree; a larger dot stands for more questions.",
    curve="Risk-coverage curve",
    diagram="Reliability diagram",
    coverage="coverage",
    risk="risk",
    confidence="confidence",
    share_right="share right",
    questions="questions",
    slices="Slices",
    slice="slice",
    slice_names={
        "language pair": "language pair",
        "kind": "kind",
        "facet": "facet",
        "split": "split",
        "objective": "objective",
        "rank": "rank",
    },
    sliced="{by}: {value}",
    slices_hidden="Smaller slices that are not shown here: {count}.",
    failures="What went wrong: {wrong} of {count}",
    failures_hidden="Not shown here: {count} more; qa-eval run --json lists all.",
    kind="kind",
    why="what went wrong",
    all="all",
    whys={
        "answered what the documents do not answer": "answered what the documents do not answer",
        "abstained": "abstained",
        "right passage, wrong extracts": "right passage, wrong extracts",
        "wrong passage first": "wrong passage first",
    },
    place="rank of the evidence: {place}",
    no_place="evidence not found",
    unanswerable="the documents do not answer",
    found="Found first: {passage}",
    extract="Extract of {document}:",
    wanted="Wanted, of {document}:",
    rests="What this rests on",
    sha256="questions, SHA-256",
    fingerprint="index fingerprint",
    setting="setting {name}",
    against="{first} against {second}",
    effects="Effects with 95 % intervals",
    header=("measure", "first", "second", "effect", "wins", "losses", "p (Holm)", "verdict"),
    verdicts={
        "no question differs": "no question differs",
        "no real difference: chance would often give as much": "no real difference: chance would"
        " often give as much",
        "the second run is better": "the second run is better",
        "the second run is worse": "the second run is worse",
    },
    changes="{measure} · questions won: {wins}, lost: {losses}",
    changes_hidden="Questions between these, not shown here: {count}.",
    change_header=("question", "first", "second", "difference"),
    changed="What was changed",
    no_difference="The runs do not really differ: chance alone explains what differences there"
    " are.",
    conclusion="The second run is {parts}.",
    better="really better in {measures}",
    worse="really worse in {measures}",
    conjunction=" and ",
)

FRENCH: Final = ReportWords(
    language="fr",
    title="Évaluation\u00a0: {name}",
    lead="Questions\u00a0: {count}\u00a0; avec une réponse dans les documents\u00a0: {answerable}."
    " Intervalles à 95 %, par bootstrap sur les questions.",
    measures="Mesures",
    measures_figure="Mesures et intervalles à 95 %",
    extract_words="Les extraits ont {words} mots en moyenne.",
    when="Quand répondre",
    when_lead="Risque selon la couverture\u00a0: part de réponses fausses quand seules les"
    " questions les plus sûres reçoivent une réponse. Confiance et part de réponses justes\u00a0:"
    " elles s'accordent sur la ligne en tirets\u00a0; un point plus grand vaut plus de questions.",
    curve="Courbe risque-couverture",
    diagram="Diagramme de fiabilité",
    coverage="couverture",
    risk="risque",
    confidence="confiance",
    share_right="part de réponses justes",
    questions="questions",
    slices="Tranches",
    slice="tranche",
    slice_names={
        "language pair": "langues",
        "kind": "type",
        "facet": "facette",
        "split": "partage",
        "objective": "objectif",
        "rank": "rang",
    },
    sliced="{by}\u00a0: {value}",
    slices_hidden="Tranches plus petites, pas montrées ici\u00a0: {count}.",
    failures="Ce qui n'a pas marché\u00a0: {wrong} sur {count}",
    failures_hidden="Pas montrées ici\u00a0: {count} de plus\u00a0; qa-eval run --json les donne"
    " toutes.",
    kind="type",
    why="ce qui n'a pas marché",
    all="tout",
    whys={
        "answered what the documents do not answer": "réponse à une question sans réponse",
        "abstained": "abstention",
        "right passage, wrong extracts": "bon passage, mauvais extraits",
        "wrong passage first": "mauvais passage en tête",
    },
    place="rang du passage attendu\u00a0: {place}",
    no_place="passage attendu non trouvé",
    unanswerable="les documents ne répondent pas",
    found="Trouvé en premier\u00a0: {passage}",
    extract="Extrait de {document}\u00a0:",
    wanted="Attendu, dans {document}\u00a0:",
    rests="Ce sur quoi reposent ces chiffres",
    sha256="questions, SHA-256",
    fingerprint="empreinte de l'index",
    setting="réglage {name}",
    against="{first} contre {second}",
    effects="Effets et intervalles à 95 %",
    header=("mesure", "premier", "second", "effet", "gains", "pertes", "p (Holm)", "verdict"),
    verdicts={
        "no question differs": "aucune question ne diffère",
        "no real difference: chance would often give as much": "pas de vraie différence\u00a0: le"
        " hasard en donne souvent autant",
        "the second run is better": "le second essai est meilleur",
        "the second run is worse": "le second essai est moins bon",
    },
    changes="{measure} · questions gagnées\u00a0: {wins}, perdues\u00a0: {losses}",
    changes_hidden="Questions entre celles-ci, pas montrées ici\u00a0: {count}.",
    change_header=("question", "premier", "second", "différence"),
    changed="Ce qui a changé",
    no_difference="Les essais ne diffèrent pas vraiment\u00a0: le hasard seul explique les écarts.",
    conclusion="Le second essai est {parts}.",
    better="vraiment meilleur en {measures}",
    worse="vraiment moins bon en {measures}",
    conjunction=" et ",
)

REPORTS: Final[dict[Language, ReportWords]] = {"fr": FRENCH, "en": ENGLISH}
