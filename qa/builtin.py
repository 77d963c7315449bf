"""What ships with the package, and the index of the built-in corpus, kept between runs."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import qa
from qa.errors import IndexStoreError, IndexWriteError, QAError
from qa.index.index import Index
from qa.index.recipe import recipe
from qa.index.store import FORMAT

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.settings import Settings

_PREFIX = "builtin-"
_EARLIER_KEPT = 2


def corpus_path() -> Path:
    """The folder of the built-in corpus, in a checkout or where the package is installed."""
    return shipped("corpus")


def shipped(name: str) -> Path:
    """A file or folder that stands beside the package in a checkout, inside it in a wheel."""
    package = Path(qa.__file__).parent
    for path in (package / "_shipped" / name, package.parent / name):
        if path.exists():
            return path
    raise QAError(
        "{name} is missing beside the package in {package}; install it again",
        name=name,
        package=package,
    )


def open_builtin(
    settings: Settings | None = None, *, on_build: Callable[[], None] = lambda: None
) -> Engine:
    """An engine over the built-in corpus, from the index in the cache folder.

    The index is built, after a call of `on_build`, when the corpus, the settings or the code that
    made it are not the same; where the cache cannot be written it lives in memory.
    """
    from qa.engine import Engine
    from qa.settings import Settings

    settings = settings or Settings()
    folder = settings.cache_dir / f"{_PREFIX}{_digest(settings)}"
    try:
        return Engine(Index.open(folder), settings)
    except IndexStoreError:
        on_build()
    # scikit-learn and the readers take a second to import, and only building needs them.
    from qa.index.update import update_index

    try:
        update_index([corpus_path()], folder, settings, rebuild=True)
    except IndexWriteError:
        return Engine.from_corpus(corpus_path(), settings)
    _forget_earlier(folder)
    return Engine(Index.open(folder), settings)


def _digest(settings: Settings) -> str:
    """Of all that the index follows from, 16 hexadecimal digits."""
    root = corpus_path()
    digest = hashlib.sha256(
        json.dumps([FORMAT, recipe(), asdict(settings.index)], sort_keys=True).encode()
    )
    for path in sorted(root.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _forget_earlier(current: Path) -> None:
    """Keep a few indexes of earlier versions or other settings, the latest."""
    earlier = sorted(
        (path for path in current.parent.glob(f"{_PREFIX}*") if path != current),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in earlier[_EARLIER_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
