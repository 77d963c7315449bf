"""What cannot be judged by its words: a picture, a code, a bare title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from qa.analysis.words import fold
from qa.coverage.records import Unjudged, Wording
from qa.retrieval.asking import read

_PICTURE: Final = re.compile(
    r"(?:une? |an? |the )?(?:typical |example of )?(?:photo(?:graph\w*|s)?|pictures?|images?"
    r"|imagerie|videos?|figures?|illustrations?|schemas?|diagrams?|drawings?|dessins?|radiograph\w*"
    r"|x-rays?|scanners?|ct scan|mri|irm|iconograph\w*)\b(?!.*[.!?]\s+\S)"
)
"""Opens the title of an objective that shows something, on folded text."""
_CODE: Final = re.compile(r"[\W\d_]*(?:[A-Z\d]{1,5}[-_.\s]+)*[A-Z\d]*\d[A-Z\d]*[\W\d_]*")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def why_unjudged(wordings: Iterable[Wording], *, shown: bool = False) -> Unjudged:
    """Why no wording of a point can be judged, if so; `shown`: whether it may name a picture."""
    reasons = [_why(wording, shown=shown) for wording in wordings]
    return "" if not all(reasons) else reasons[0]


def _why(wording: Wording, *, shown: bool) -> Unjudged:
    text = " ".join(wording.text.split())
    if _CODE.fullmatch(text) or not _WORD.search(text):
        return "code"
    if shown and _PICTURE.match(fold(text)):
        return "picture"
    # `Definition`, of nothing that is named.
    if not wording.context.strip() and not read(text).subject.strip():
        return "bare"
    return ""
