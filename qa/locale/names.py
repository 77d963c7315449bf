"""What the values of records are called, but for those of coverage; a translator says them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from qa.locale.translator import N_, Translator
from qa.models import Disagreement, DocumentInfo, Language, Via
from qa.settings import Caution, Role

if TYPE_CHECKING:
    # A database takes longer to import than an answer takes.
    from qa.question_log import Reason

LANGUAGES: Final[dict[Language, str]] = {"fr": N_("French"), "en": N_("English")}
CAUTIONS: Final[dict[Caution, str]] = {
    "strict": N_("Strict"),
    "balanced": N_("Balanced"),
    "eager": N_("Open"),
}
CAUTION_HELPS: Final[dict[Caution, str]] = {
    "strict": N_("Only sure answers, at the price of silence."),
    "balanced": N_("Answers when a passage really deals with the question."),
    "eager": N_("Nearly always answers: checking the source is up to you."),
}
ROLES: Final[dict[Role, str]] = {
    "student": N_("student"),
    "instructor": N_("instructor"),
    "evaluator": N_("evaluator"),
}
VIAS: Final[dict[Via, str]] = {
    "exact": N_("same word"),
    "similar": N_("similar word"),
    "glossary": N_("translation"),
    "acronym": N_("acronym"),
    "kind": N_("kind of medicine"),
    "identifier": N_("identifier"),
    "proximity": N_("words near each other"),
    "title": N_("title of the document"),
    "meaning": N_("same meaning"),
    "facet": N_("what is asked"),
    "unit": N_("sentence that answers"),
    "semantic": N_("meaning"),
}
MEASURE_NAMES: Final[dict[str, str]] = {
    "nDCG@10": N_("the right document early among ten"),
    "passage Success@1": N_("the right passage first"),
    "answer_hit_shown": N_("answerable questions with a right answer"),
    "citation_precision": N_("of what is cited, is to the point"),
    "abstention_auroc": N_("tells what can be answered from what cannot"),
}
REASONS: Final[dict[Reason, str]] = {
    "beside": N_("Beside the question"),
    "incomplete": N_("Incomplete"),
    "wrong": N_("Wrong or out of date"),
    "unclear": N_("Hard to understand"),
}


def disagreement_line(disagreement: Disagreement, tr: Translator) -> str:
    """That two sources contradict each other, with what each says."""
    (first, second), (said, against) = disagreement.sources, disagreement.texts
    return tr(
        "The sources disagree. [{first}]: “{said}” [{second}]: “{against}”",
        first=first,
        said=" ".join(said.split()),
        second=second,
        against=" ".join(against.split()),
    )


def origin_line(document: DocumentInfo, collection: str, tr: Translator) -> str:
    """The collection of a document, when it came into it and by whom; empty if none is known."""
    history, added = document.history, ""
    if history.added_at:
        date = tr.date(datetime.fromisoformat(history.added_at))
        added = (
            tr("added by {name} on {date}", name=history.added_by, date=date)
            if history.added_by
            else tr("first indexed on {date}", date=date)
        )
    return " · ".join(filter(None, (collection, added)))
