"""The block of `key: value` lines that a text file may begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.models import Notice
from qa.reading.toml import parse_toml

_LIMIT = 64 * 1024
_YAML = re.compile(
    r"---[ \t]*\n(.*?)(?:\n|\A)?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"[A-Za-z_][\w \-]*")
_ENTRY = re.compile(r"-[ \t]+")
_BLANKS = " \t"
_HEADER = re.compile(r"[A-Za-z_][\w -]{0,30}:[ \t]")
_HEADER_KEYS = frozenset({"title", "titre", "slug"})
_SPELLINGS = {
    "license": "licence",
    "lang": "language",
    "langue": "language",
    "titre": "title",
    "source": "url",
    "objectifs": "objectives",
    "objective": "objectives",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the block states, and the text below it."""

    body: str
    title: str = ""
    language: str = ""
    licence: str = ""
    url: str = ""
    objectives: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


def split_front_matter(text: str) -> FrontMatter:
    """Separate a YAML-like (`---`) or TOML (`+++`) block from the text below it.

    So is a block of `Title: …` lines, as Pelican writes them. Of YAML, `key: value` pairs and lists
    of one level are understood. A block between dashes with
    anything else in it is text between two rules, and stays in the body.
    """
    head = text[:_LIMIT].partition("\n\n")[0]
    if _HEADER.match(head):
        pairs = _pairs(head)
        known = {key.strip().lower() for key in pairs or ()}
        if pairs is not None and len(pairs) > 1 and known & _HEADER_KEYS:
            return _front_matter(pairs, text[len(head) :])
    toml = _TOML.match(text, 0, _LIMIT)
    if toml:
        return _from_toml(toml[1], text[toml.end() :])
    yaml = _YAML.match(text, 0, _LIMIT)
    values = _pairs(yaml[1]) if yaml else None
    if yaml is None or values is None:
        return FrontMatter(body=text)
    return _front_matter(values, text[yaml.end() :])


def _from_toml(block: str, body: str) -> FrontMatter:
    try:
        values = {
            key: tuple(map(str, value)) if isinstance(value, list) else (str(value),)
            for key, value in parse_toml(block).items()
        }
    except (ValueError, RecursionError) as error:
        message = f"the block between +++ is not valid TOML ({error}); it was left out"
        return FrontMatter(
            body=body, notices=(Notice(kind="front-matter-malformed", message=message),)
        )
    return _front_matter(values, body)


def _front_matter(values: dict[str, tuple[str, ...]], body: str) -> FrontMatter:
    known = {_SPELLINGS.get(key.lower(), key.lower()): value for key, value in values.items()}

    def one(key: str) -> str:
        return ", ".join(known.get(key, ())).strip()

    return FrontMatter(
        body=body,
        title=one("title"),
        language=one("language"),
        licence=one("licence"),
        url=one("url"),
        objectives=known.get("objectives", ()),
        based_on=known.get("based_on", ()),
    )


def _pairs(block: str) -> dict[str, tuple[str, ...]] | None:
    """Return the values by key, or None when the block is something else than pairs."""
    values: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in block.splitlines():
        inner = line.strip(_BLANKS)
        entry, (name, colon, value) = _ENTRY.match(inner), line.partition(":")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if entry and key:
            values[key] = (*values[key], _unquote(inner[entry.end() :]))
        elif colon and _KEY.fullmatch(name.rstrip(_BLANKS)) and value[:1] in ("", *_BLANKS):
            key = name.strip()
            values[key] = _values(value)
        elif key and line[0] in " \t" and values[key]:
            # A folded scalar, or a nested table that has no meaning here.
            values[key] = (*values[key][:-1], f"{values[key][-1]} {line.strip()}")
        elif not (key and line[0] in " \t"):
            return None
    return values or None


def _values(text: str) -> tuple[str, ...]:
    value = text.strip()
    if value.startswith("[") and value.endswith("]"):
        return tuple(filter(None, (_unquote(one) for one in value[1:-1].split(","))))
    value = _unquote(value)
    return (value,) if value not in ("", ">", "|", ">-", "|-") else ()


def _unquote(text: str) -> str:
    value = text.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
