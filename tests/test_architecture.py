"""The drawing of the architecture is what the imports are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import qa

ROOT = Path(qa.__file__).parent.parent
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
DRAWING = PAGE.partition("```mermaid\n")[2].partition("```")[0]
MODULES = sorted([*ROOT.glob("qa/**/*.py"), *ROOT.glob("evaluation/**/*.py"), ROOT / "app.py"])
NODE = re.compile(r'^ *(\w+)\["([^<"]+)<br>(.+)"\]$', re.MULTILINE)
IMPORTS = re.compile(r"^ *(\w+) --> ([\w &]+)$", re.MULTILINE)
DATA = re.compile(r"^ *(\w+) -\. ([\w, ]+) \.-> (\w+)$", re.MULTILINE)

ROOMS = {path: node for node, paths, _ in NODE.findall(DRAWING) for path in paths.split(", ")}
LEFT_OUT = re.findall(r"`([\w/.]+)`", PAGE.partition("Left out")[2].partition("\n\n")[0])
DRAWN = {(tail, head) for tail, heads in IMPORTS.findall(DRAWING) for head in heads.split(" & ")}


def room(path: str) -> str | None:
    """The room of a file by the longest path that leads to it, `None` for one that is left out."""
    known: dict[str, str | None] = {**dict.fromkeys(LEFT_OUT), **ROOMS}
    return known[max((start for start in known if is_in(path, start)), key=len)]


def is_in(path: str, start: str) -> bool:
    return path == start or path.startswith(f"{start}/")


def imported(path: Path) -> Iterator[str]:
    """The files of the project that a file imports, also late or for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (file for name in names if (file := file_of(name)))


def file_of(name: str) -> str | None:
    """The file of a module, or of a name in it; `None` for what is not of the project."""
    while name:
        stem = name.replace(".", "/")
        for file in (f"{stem}.py", f"{stem}/__init__.py"):
            if ROOT / file in MODULES:
                return file
        name = name.rpartition(".")[0]
    return None


def test_every_module_is_in_a_room_or_left_out_by_name() -> None:
    for path in (*ROOMS, *LEFT_OUT):
        assert (ROOT / path).exists(), path
    for module in MODULES:
        room(module.relative_to(ROOT).as_posix())


def test_the_arrows_are_the_imports() -> None:
    real = set()
    for module in MODULES:
        tail = room(module.relative_to(ROOT).as_posix())
        heads = {room(file) for file in imported(module)}
        real |= {(tail, head) for head in heads if tail and head and head != tail}
    assert real == DRAWN


def test_every_line_of_the_drawing_is_read() -> None:
    lines = [line for line in DRAWING.splitlines()[1:] if line.strip()]
    patterns = (NODE, IMPORTS, DATA)
    assert not [line for line in lines if not any(known.match(line) for known in patterns)]


def test_the_data_are_records_that_travel_between_rooms() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    classes = set(re.findall(r"^class (\w+)", text, re.MULTILINE))
    for tail, records, head in DATA.findall(DRAWING):
        assert {tail, head} <= set(ROOMS.values())
        assert set(records.split(", ")) <= classes


def test_contracts_are_where_the_page_says() -> None:
    stated = re.findall(r"`(\w+)` \(`([\w/.]+)`\)", PAGE)
    assert len(stated) >= 6
    for name, file in stated:
        assert f"\nclass {name}" in (ROOT / file).read_text(encoding="utf-8"), name
