"""Nothing imports upward: app.py -> qa.ui -> qa, evaluation.ui -> evaluation -> qa."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

import qa

ROOT = Path(qa.__file__).parent.parent
LAYERS = {
    "app.py": "app",
    "qa/commands/serve.py": "serve",
    "qa/ui": "ui",
    "qa": "qa",
    "evaluation/ui": "evaluation.ui",
    "evaluation": "evaluation",
}
Imported = Mapping[str, Sequence[str]]
"""By module of the project, what it imports."""


@pytest.fixture(scope="module")
def imported() -> Imported:
    modules = [*ROOT.glob("qa/**/*.py"), *ROOT.glob("evaluation/**/*.py"), ROOT / "app.py"]
    found = {path.relative_to(ROOT).as_posix(): tuple(imports(path)) for path in sorted(modules)}
    assert {layer_of(path) for path in found} == set(LAYERS.values())
    return found


def layer_of(name: str) -> str:
    return next(layer for start, layer in LAYERS.items() if name.startswith(start))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


FORBIDDEN = {
    "qa": ("evaluation", "tests", "app", "streamlit", "qa.ui"),
    "serve": ("evaluation", "tests", "app", "qa.ui"),
    "ui": ("evaluation", "tests", "app"),
    "app": ("evaluation", "tests"),
    "evaluation": ("tests", "app", "streamlit", "qa.ui", "evaluation.ui"),
    "evaluation.ui": ("tests", "app", "evaluation.commands"),
}
ALLOWED = {"app": ("evaluation.ui",)}
"""What is forbidden but for these."""


def is_within(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def test_nothing_imports_upward(imported: Imported) -> None:
    upward = [
        (path, name)
        for path, names in imported.items()
        for name in names
        if is_within(name, FORBIDDEN[layer_of(path)])
        and not is_within(name, ALLOWED.get(layer_of(path), ()))
    ]
    assert upward == []


def test_the_core_opens_no_connection(imported: Imported) -> None:
    # `qa serve` asks which ports of this machine are free.
    clients = ("socket", "http.client", "urllib.request", "requests", "httpx", "ftplib")
    assert [
        (path, name)
        for path, names in imported.items()
        for name in names
        if name.startswith(clients) and layer_of(path) != "serve"
    ] == []


def test_only_settings_and_the_edge_read_the_environment() -> None:
    edge = {"qa/settings.py", "qa/commands/serve.py", "qa/ui/engines.py"}
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("qa/**/*.py")
        if "environ" in path.read_text(encoding="utf-8").replace("environment", "")
    }
    assert readers <= edge
