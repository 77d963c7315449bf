"""JSON that is handed over, and lines of it: byte order marks and Windows ends are read over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.errors import DatasetError
from qa.models import Turn


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Raises `DatasetError` with the path for a file that is missing, locked or not UTF-8."""
    try:
        yield
    except FileNotFoundError as error:
        raise DatasetError("{path} does not exist", path=path) from error
    except UnicodeDecodeError as error:
        raise DatasetError(
            "{path} is not UTF-8 text ({reason}); save it as UTF-8", path=path, reason=error.reason
        ) from error
    except OSError as error:
        raise DatasetError("{path}: {reason}", path=path, reason=error.strerror or error) from error


class Line(NamedTuple):
    """One JSON object of a file and where it stands, `file:number`."""

    place: str
    values: dict[str, Any]


def read_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Place and text of every line that is not blank.

    Raises `DatasetError` where the file is missing or not UTF-8.
    """
    with named_errors(path), path.open(encoding="utf-8-sig", newline=None) as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield f"{path}:{number}", line.rstrip("\n")


def parse_objects(path: Path) -> Iterator[Line | DatasetError]:
    """Every line of a JSON lines file, or what is wrong with it."""
    for place, text in read_lines(path):
        try:
            values = parse_json(text)
        except DatasetError as error:
            yield DatasetError("{place}: {error}", place=place, error=error)
            continue
        if not isinstance(values, dict):
            yield DatasetError(
                "{place}: expected a JSON object, found {kind}",
                place=place,
                kind=type(values).__name__,
            )
        else:
            yield Line(place, values)


def read_objects(path: Path) -> Iterator[Line]:
    """Every object of a JSON lines file; raises `DatasetError` at the first bad line."""
    for line in parse_objects(path):
        if isinstance(line, DatasetError):
            raise line
        yield line


def text_of(line: Line, name: str, *, default: str | None = None) -> str:
    """A string (or number, as identifiers may be) of an object; raises `DatasetError`."""
    value = line.values.get(name, default)
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None and default is not None:
        return default
    if value is None:
        raise DatasetError(
            "{place}: {name!r} must be a string, found nothing", place=line.place, name=name
        )
    found = repr(value)[:60]
    raise DatasetError(
        "{place}: {name!r} must be a string, found {found}",
        place=line.place,
        name=name,
        found=found,
    )


def flag_of(line: Line, name: str) -> bool | None:
    """A yes or no of an object, `None` where it says nothing; raises `DatasetError`."""
    stated = line.values.get(name)
    if stated is None or isinstance(stated, bool):
        return stated
    raise DatasetError(
        "{place}: {name!r} must be true or false, found {stated!r}",
        place=line.place,
        name=name,
        stated=stated,
    )


def new_identifier(line: Line, name: str, places: dict[str, str]) -> str:
    """The identifier of an object, noted with its place; raises `DatasetError` for a known one."""
    identifier = text_of(line, name)
    if not identifier.strip():
        raise DatasetError(
            "{place}: {name!r} is empty; give every line a name of its own",
            place=line.place,
            name=name,
        )
    if identifier in places:
        raise DatasetError(
            "{place}: id {identifier!r} was already used at {first}",
            place=line.place,
            identifier=identifier,
            first=places[identifier],
        )
    places[identifier] = line.place
    return identifier


def history_of(line: Line) -> tuple[Turn, ...]:
    """The turns before a question, `[{"speaker": "user" or "agent", "text": …}]`."""
    history = line.values.get("history") or ()
    if not isinstance(history, list | tuple):
        raise DatasetError("{place}: 'history' must be a list of turns", place=line.place)
    return tuple(_turn(line, turn) for turn in history)


def _turn(line: Line, turn: Any) -> Turn:
    match turn:
        case {"speaker": "user" | "agent" as speaker, "text": str(text)}:
            return Turn(speaker=speaker, text=text)
    raise DatasetError(
        "{place}: a turn of 'history' must have a 'speaker' (user or agent) and a"
        " 'text', found {turn}",
        place=line.place,
        turn=str(turn)[:60],
    )


def parse_json(text: str) -> Any:
    """What a JSON text says; raises `DatasetError` without the place, which the caller knows."""
    try:
        value = json.loads(text)
        half = _half_character(text, value)
    # An integer of very many digits is no `JSONDecodeError`, but a plain `ValueError`.
    except (ValueError, RecursionError) as error:
        raise DatasetError("not JSON ({error})", error=error) from error
    if half:
        raise DatasetError("{half} is half of a character; give both or none", half=half)
    return value


def _half_character(text: str, value: object) -> str:
    """The first surrogate that stands alone, which UTF-8 cannot hold; only escapes lead to one."""
    if "\\u" not in text:
        return ""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        return ascii(error.object[error.start])
    return ""
