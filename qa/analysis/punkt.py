"""Punkt of NLTK, without the rest of it.

To import one module of NLTK is to import all of its packages, and SciPy with them: two seconds of
each process that reads a document, of which Punkt itself takes a tenth of one.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

_MODULE: Final = "nltk.tokenize.punkt"
_PACKAGES: Final = ("nltk", "nltk.tokenize")


def punkt() -> ModuleType:
    """The module with the tokenizer and its parameters."""
    if _PACKAGES[0] in sys.modules:
        return import_module(_MODULE)
    spec = find_spec(_PACKAGES[0])
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    for name in _PACKAGES:
        package = ModuleType(name)
        inner = name.removeprefix(_PACKAGES[0]).replace(".", "/")
        package.__path__ = [f"{place}{inner}" for place in places]
        sys.modules[name] = package
    try:
        return import_module(_MODULE)
    finally:
        # Who needs all of NLTK imports it as ever.
        for name in [module for module in sys.modules if module.partition(".")[0] == _PACKAGES[0]]:
            del sys.modules[name]
