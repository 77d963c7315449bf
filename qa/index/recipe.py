"""What an index is made with: settings and code. Where neither changed, results can be reused."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

import qa

_CODE: Final[tuple[str, ...]] = ("reading", "analysis", "index", "models.py", "passages.py")


def recipe() -> str:
    """A digest of the code that turns files into passages and terms, 16 hexadecimal digits."""
    return code_digest(_CODE)


@cache
def code_digest(names: tuple[str, ...]) -> str:
    """A digest of files and folders of this package, 16 hexadecimal digits.

    A digest and not a number: nobody has to remember to raise it.
    """
    digest = hashlib.sha256(qa.__version__.encode())
    root = resources.files("qa")
    for name in names:
        _add(digest, root / name)
    return digest.hexdigest()[:16]


def _add(digest: hashlib._Hash, place: Traversable) -> None:
    if place.is_file():
        if place.name.endswith((".py", ".tsv", ".zip")):
            digest.update(place.name.encode() + b"\0" + place.read_bytes() + b"\0")
        return
    for child in sorted(place.iterdir(), key=lambda child: child.name):
        _add(digest, child)
