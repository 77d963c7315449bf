"""What the values of records of coverage are called; a translator says them."""

from __future__ import annotations

from typing import Final

from qa.coverage.records import Level, PageState, PointKind, Unjudged, Verdict
from qa.locale.translator import N_
from qa.models import Language

LEVELS: Final[dict[Level, str]] = {
    Level.unjudged: N_("not judged"),
    Level.elsewhere: N_("taught elsewhere"),
    Level.missing: N_("missing"),
    Level.partly: N_("partly"),
    Level.covered: N_("covered"),
}
POINT_KINDS: Final[dict[PointKind, str]] = {
    "title": N_("Title"),
    "description": N_("Description"),
    "statement": N_("Statement"),
}
UNJUDGED: Final[dict[Unjudged, str]] = {
    "picture": N_("It names a picture: no text can state it."),
    "bare": N_("Its words name no subject, and nothing above them does."),
    "code": N_("It has no words to look for."),
}
VERDICTS: Final[dict[Verdict, str]] = {
    "confirmed": N_("confirmed"),
    "rejected": N_("rejected"),
    "elsewhere": N_("taught elsewhere"),
}
PAGE_STATES: Final[dict[PageState, str]] = {
    "present": N_("page present"),
    "stub": N_("page without text"),
    "absent": N_("no page"),
}
ONLY_IN: Final[dict[Language, str]] = {
    "fr": N_("covered in French only"),
    "en": N_("covered in English only"),
}
