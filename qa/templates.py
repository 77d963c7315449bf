"""HTML from the Jinja templates of a package: text is escaped, and nothing may be undefined."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from qa.locale import coverage_names, names
from qa.locale.translator import Translator

_NAMES = {
    name.lower(): said
    for module in (names, coverage_names)
    for name, said in vars(module).items()
    if name.isupper()
}


@cache
def environment(package: str) -> Environment:
    """The templates in the folder `templates` of a package."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_NAMES)
    return made


def render(package: str, name: str, tr: Translator, **values: object) -> str:
    """A whole page."""
    template = environment(package).get_template(f"{name}.html.j2")
    return template.render(tr=tr, ngettext=tr.ngettext, **values)


@cache
def macros(package: str, name: str, tr: Translator) -> Any:
    """The macros of a template as functions that give HTML."""
    template = environment(package).get_template(f"{name}.html.j2")
    return template.make_module({"tr": tr, "ngettext": tr.ngettext})
