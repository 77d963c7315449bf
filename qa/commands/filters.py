"""Restrictions of a question, from options to filters; what cannot be meant is an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from qa.commands.options import UsageError
from qa.errors import UnknownDocumentError

if TYPE_CHECKING:
    from qa.index.contracts import Texts
    from qa.models import Filters

_ITEM: Final = re.compile(r"[0-9]{1,3}")
_RANKS: Final = ("A", "B", "C")


def filters_from(
    *,
    language: Sequence[str] | None = None,
    objective: Sequence[str] | None = None,
    item: Sequence[str] | None = None,
    rank: Sequence[str] | None = None,
    document: Sequence[str] | None = None,
) -> Filters:
    """The filters that these options stand for; raises `UsageError` for a malformed value."""
    from qa.models import Filters

    return Filters(
        language=tuple(map(str, language or ())),
        objective=tuple(code.strip().upper() for code in objective or ()),
        item=tuple(map(_item, item or ())),
        rank=tuple(map(_rank, rank or ())),
        document=tuple(document or ()),
    )


def require_known(filters: Filters, texts: Texts) -> None:
    """Raise where a document or an objective is named that the index does not have.

    An item, a rank or a language without documents is no error: there is then nothing to find.
    """
    for document_id in filters.document:
        if not texts.has_document(document_id):
            raise UnknownDocumentError(
                "no such document: {document_id!r}; `qa documents list` names them all",
                document_id=document_id,
            )
    for code in filters.objective:
        if not texts.has_objective(code):
            raise UsageError(
                "no such objective: no document is about {code!r}; `qa documents list` names"
                " the objectives, such as OIC-202-03-B",
                code=code,
            )


def _item(text: str) -> str:
    if not _ITEM.fullmatch(text.strip()):
        raise UsageError(
            "--item is {text!r}; expected a number of up to three digits, as 202", text=text
        )
    return text.strip().zfill(3)


def _rank(text: str) -> str:
    if text.strip().upper() not in _RANKS:
        raise UsageError("--rank is {text!r}; expected A, B or C", text=text)
    return text.strip().upper()
