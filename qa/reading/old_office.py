"""Files in the container of the Office of 1997, and Office files behind a password: refused."""

from __future__ import annotations

from typing import NoReturn

from qa.errors import UnreadableDocumentError

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse(data: bytes, _name: str) -> NoReturn:
    """Say what the file is and how to save it; raises UnreadableDocumentError."""
    if _ENCRYPTED in data:
        raise UnreadableDocumentError("locked by a password; save it without one")
    raise UnreadableDocumentError(
        "a file of Office before 2007; open it and save it as .docx, .pptx or .xlsx"
    )
