"""Brings the catalogues up to date with the code: `python -m qa.locale.update`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

import qa
from qa.locale.translator import FOLDER

ROOT: Final = Path(qa.__file__).parent.parent
_WIDTH: Final = 100


def keywords(sources: Iterable[Path]) -> dict[str, Any]:
    """What takes a message as its first argument: functions, and every class of errors."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.suffix == ".py")
    named = ("tr", "Message", *re.findall(r"^class (\w+Error)\b", text, re.MULTILINE))
    return {**DEFAULT_KEYWORDS, **dict.fromkeys(named)}


def extracted() -> Catalog:
    """All messages of code and templates, without a translation."""
    catalogue = Catalog(project="qa-citations", fuzzy=False)
    files = [*ROOT.glob("qa/**/*.py"), *ROOT.glob("evaluation/**/*.py"), ROOT / "app.py"]
    files += [*ROOT.glob("qa/**/*.j2"), *ROOT.glob("evaluation/**/*.j2")]
    known = keywords(files)
    for path in sorted(files):
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        name = path.relative_to(ROOT).as_posix()
        for _, message, comments, context in extract_from_file(method, path, known):
            catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def main() -> None:
    """Add what is new to every catalogue, untranslated, and take out what is not said any more."""
    template = extracted()
    for path in FOLDER.glob("*.po"):
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=path.stem)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        with path.open("wb") as stream:
            write_po(stream, catalogue, width=_WIDTH, ignore_obsolete=True, include_lineno=False)


if __name__ == "__main__":
    main()
