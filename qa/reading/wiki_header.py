"""The template at the top of an objective page: finding it, and making sense of its field names.

Pages come translated by hand and by machine, so one field has many names, and one name (`Heading`,
`Topic`, `Section`, `Item`) stands for several fields. The order of the fields survives translation;
it decides wherever the name does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from qa.models import Objective

_NAME = re.compile(
    r"""(?:knowledge[ _]objectives?
          |objectives?[ _]of[ _](?:the[ _])?knowledge
          |objectifs?[ _](?:de[ _](?:la[ _])?connaissances?|of[ _]knowledge|knowledge)
          |objectives?[ _]de[ _]connaissances?
          |connaissances?[ _]objecti(?:f|ve)s?)
        (?=\s{0,9}\|)""",
    re.IGNORECASE | re.VERBOSE,
)
# Two braces, or what is left of them where a conversion damaged the page.
_BRACES = re.compile(r"(?:<br ?/?>\s?|(?<![^\n])[*#:;] ?)?\{{0,2}[ \t]{0,9}\Z")
_LONGEST_BRACES = 24
_REACH = 20_000
# What encloses is followed so far only, as each that is never closed would be to the end.
_TOKEN = re.compile(r"\[\[.{0,1000}?\]\]|<!--.{0,1000}?-->|\{\{|\}\}|\|", re.DOTALL)
_FIELD = re.compile(r"\s*([^\W\d][\w \-.']{0,40}?)\s*=(.*)", re.DOTALL)
_FIELD_NAME = re.compile(r"\s*([^\W\d][\w \-.']{0,40}?)\s*=")
_STEPS = {"{{": 1, "}}": -1}
_STRAY_BRACES = re.compile(r"\{{2,}|\}{2,}")
_EMPTY_VALUES = frozenset({"", "none", "aucun", "aucune", "null", "n/a"})

_NAMES: Mapping[str, tuple[str, ...]] = {
    "code": ("identifiant", "identifier", "identifiers", "id", "code"),
    "item": ("item_parent", "parent_item", "parent"),
    "item_short": ("item_parent_short", "item_parent_court", "parent_item_short"),
    "rank": ("rank", "rang"),
    "title": ("title", "titre", "intitule", "intitle", "entitled", "name", "nom"),
    "description": ("description",),
    "rubric": ("rubric", "rubrique", "rubrics"),
    "contributors": ("contributors", "contributor", "contributeurs", "contributeur", "authors"),
    "order": ("order", "ordre"),
    "college": ("college", "colleges"),
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_FLOATING = ("title", "description", "rubric")
_AMBIGUOUS = frozenset({"heading", "topic", "section", "item", "subject", "category", "label"})
_MAX_RUBRIC_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """An objective and where its template stands in the page, `[start, end)`."""

    objective: Objective
    start: int
    end: int
    is_broken: bool = False
    """Whether its fields had to be told by the lines, not by the braces."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One `|`-separated part of the template: `field` is empty where the name does not decide."""

    field: str
    name: str
    value: str


def find_header(text: str, clean: Callable[[str], str]) -> Header | None:
    """Find and read the template; `clean` turns wikitext into plain text. None without template."""
    name = _NAME.search(text, 0, _REACH)
    if name is None:
        return None
    end = _end_of_template(text, name.end())
    is_broken = end < 0
    if is_broken:
        end = _end_of_lines(text, name.end())
    body = text[name.end() : end].rstrip().removesuffix("}}").removesuffix("}")
    split = _bounds_by_line if is_broken else _bounds
    parts = tuple(_parts(body, split(body), clean))
    return Header(
        objective=_objective(_resolve(parts)),
        start=_start(text, name.start()),
        end=end,
        is_broken=is_broken,
    )


def _start(text: str, name: int) -> int:
    """Return the offset of the braces before the name of the template."""
    first = max(name - _LONGEST_BRACES, 0)
    braces = _BRACES.search(text[first:name])
    return first + braces.start() if braces else name


def _end_of_template(text: str, start: int) -> int:
    """Return the offset behind the closing braces; -1 where braces are missing."""
    depth = 1
    for token in _TOKEN.finditer(text, start, start + _REACH):
        depth += _STEPS.get(token[0], 0)
        if depth == 0:
            return token.end()
        if depth > 1 and token[0] == "|" and _is_known_field(text, token.start()):
            return -1  # A field of the page inside a field: that one's braces are not closed.
    return -1


def _is_known_field(text: str, bar: int) -> bool:
    """Whether the `|` begins a line, and names a field of an objective."""
    match = _FIELD_NAME.match(text, bar + 1)
    if match is None or text[bar - 1 : bar] != "\n":
        return False
    return _fold(match[1]) in _FIELD_OF


def _end_of_lines(text: str, start: int) -> int:
    """Return the offset behind the last of the lines that begin with `|`, or behind their `}}`."""
    end = start
    for line in text[start : start + _REACH].splitlines(keepends=True):
        stripped = line.strip()
        if stripped and not stripped.startswith(("|", "}}")) and end > start:
            break
        end += len(line)
        if stripped.endswith("}}") and line.count("}}") > line.count("{{"):
            break
    return end


def _bounds(body: str) -> list[int]:
    """Return the places of the `|` between fields."""
    bounds, depth = [], 0
    for token in _TOKEN.finditer(body):
        depth += _STEPS.get(token[0], 0)
        if token[0] == "|" and depth <= 0:
            bounds.append(token.start())
    return bounds


def _bounds_by_line(body: str) -> list[int]:
    """Return the same where braces are missing: those of a line count if they are balanced."""
    bounds: list[int] = []
    start = 0
    for line in body.splitlines(keepends=True):
        if line.count("{{") == line.count("}}"):
            bounds.extend(start + place for place in _bounds(line))
        else:
            bars = (token for token in _TOKEN.finditer(line) if token[0] == "|")
            bounds.extend(start + bar.start() for bar in bars)
        start += len(line)
    return bounds


def _parts(body: str, bounds: list[int], clean: Callable[[str], str]) -> Iterator[_Part]:
    seen: set[str] = set()
    for start, end in zip(bounds, [*bounds[1:], len(body)], strict=True):
        raw = body[start + 1 : end]
        match = _FIELD.fullmatch(raw)
        name = _fold(match[1]) if match else ""
        field = _FIELD_OF.get(name, "")
        if match and not (field or name in _AMBIGUOUS) and "_" not in name and " " in name:
            match, name = None, ""
        value = _STRAY_BRACES.sub("", clean(match[2] if match else raw))
        value = " ".join(value.split())
        yield _Part("" if field in seen else field, name, value)
        seen.add(field)


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.strip().casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[ \-.]+", "_", letters)


def _resolve(parts: tuple[_Part, ...]) -> dict[str, str]:
    """Give every field its value, the floating ones by position where names do not tell."""
    values = {part.field: _blank(part.value) for part in parts if part.field}
    places = {part.field: place for place, part in enumerate(parts) if part.field in _FLOATING}
    loose = [
        (place, part)
        for place, part in enumerate(parts)
        if not part.field and _blank(part.value) and not _restates_item(part, values)
    ]
    # Named parts first: a part without a name is more often the tail of the value before it.
    for place, part in sorted(loose, key=lambda one: (not one[1].name, one[0])):
        field = _slot(place, part, places, values.get("title", ""))
        if field:
            values[field] = part.value
            places[field] = place
        elif not part.name and place and parts[place - 1].field:
            previous = parts[place - 1].field
            values[previous] = f"{values[previous]} {part.value}".strip()
    return values


def _slot(place: int, part: _Part, places: Mapping[str, int], title: str) -> str:
    """Return the floating field that a loose part can be, given where the others stand."""
    short = len(part.value.split()) <= _MAX_RUBRIC_WORDS
    fitting = [
        field
        for rank, field in enumerate(_FLOATING)
        if field not in places
        and all(places.get(before, -1) < place for before in _FLOATING[:rank])
        and all(places.get(after, place + 1) > place for after in _FLOATING[rank + 1 :])
        and not (field == "title" and not part.name)
        and not (field == "rubric" and (part.value == title or not (part.name or short)))
    ]
    if "description" in fitting and len(fitting) > 1:
        drop = "description" if part.name or short else "rubric"
        fitting = [field for field in fitting if field != drop]
    return fitting[0] if fitting else ""


def _restates_item(part: _Part, values: Mapping[str, str]) -> bool:
    """Whether a second `Item_parent…` field only says the item again, in other words or not."""
    if not part.name.startswith(("item_", "parent")):
        return False
    said = {word[:5] for key in ("item", "item_short") for word in _words(values.get(key, ""))}
    words = {word[:5] for word in _words(part.value)}
    return 2 * len(words & said) >= len(words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _fold(text).replace("_", " "))


def _blank(value: str) -> str:
    return "" if value.casefold() in _EMPTY_VALUES else value


def _objective(values: Mapping[str, str]) -> Objective:
    order = re.search(r"(?<!\d)\d{1,9}(?!\d)", values.get("order", ""))
    names = re.split(r"[,;]", values.get("contributors", ""))
    return Objective(
        code=values.get("code", ""),
        title=values.get("title", ""),
        item_title=values.get("item") or values.get("item_short", ""),
        description=values.get("description", ""),
        rubric=values.get("rubric", ""),
        contributors=tuple(name.strip() for name in names if name.strip()),
        order=int(order[0]) if order else None,
    )
