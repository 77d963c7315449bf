"""Nothing imports upward: app.py -> qa.ui -> qa, evaluation.ui -> evaluation -> qa."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import qa

ROOT = Path(qa.__file__).parent.parent
LAYERS = {
    "app.py": "app",
    "qa/commands/serve.py": "server",
    "qa/ui": "ui",
    "qa": "qa",
    "evaluation/ui": "evaluation.ui",
    "evaluation/sessions.py": "sessions",
    "evaluation": "evaluation",
}
MODULES = sorted([*ROOT.glob("qa/**/*.py"), *ROOT.glob("evaluation/**/*.py"), ROOT / "app.py"])


def layer_of_file(path: Path) -> str:
    name = path.relative_to(ROOT).as_posix()
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
    "server": ("evaluation", "tests", "app", "qa.ui"),
    "ui": ("evaluation", "tests", "app"),
    "app": ("evaluation", "tests"),
    "evaluation": ("tests", "app", "streamlit", "qa.ui", "evaluation.ui"),
    # Speaks to a server of the pages as a browser does.
    "sessions": ("tests", "app", "qa.ui", "evaluation.ui"),
    "evaluation.ui": ("tests", "app", "evaluation.commands"),
}
ALLOWED = {"app": ("evaluation.ui",)}
"""What is forbidden but for these."""


def is_within(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_imports_upward(path: Path) -> None:
    layer = layer_of_file(path)
    upward = [
        name
        for name in imports(path)
        if is_within(name, FORBIDDEN[layer]) and not is_within(name, ALLOWED.get(layer, ()))
    ]
    assert not upward


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_core_opens_no_connection(path: Path) -> None:
    clients = ("http.client", "urllib.request", "requests", "httpx", "ftplib")
    # What starts a server looks which ports of this machine are free.
    sockets = () if layer_of_file(path) in ("server", "sessions") else ("socket",)
    assert not [name for name in imports(path) if name.startswith((*clients, *sockets))]


def test_only_settings_and_the_edge_read_the_environment() -> None:
    edge = {"qa/settings.py", "qa/commands/serve.py", "qa/ui/engines.py"}
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("qa/**/*.py")
        if "environ" in path.read_text(encoding="utf-8").replace("environment", "")
    }
    assert readers <= edge
