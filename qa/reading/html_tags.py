"""Which stretches between `<` and `>` are tags of HTML, and which are text with two signs in it."""

from __future__ import annotations

import re
from typing import Final

_ELEMENTS: Final = frozenset(
    """
    a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button
    canvas caption center cite code col colgroup data datalist dd del details
    dfn dialog dir div dl dt
    em embed fieldset figcaption figure font footer form frame frameset h1 h2
    h3 h4 h5 h6 head header
    hgroup hr html i iframe img input ins kbd label legend li link
    main map mark math menu meta meter
    nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp
    script search section select small source span strike strong style
    sub summary sup svg table tbody
    td template textarea tfoot th thead time title tr track tt u ul var video wbr
    """.split()
)
_SWITCHES: Final = frozenset(
    "allowfullscreen async autoplay checked controls defer disabled hidden"
    " loop markdown multiple muted"
    " nowrap open readonly required reversed selected noshade compact".split()
)
_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,20})(?=[\s/>])(?P<rest>[^<>]*)>"
)
_VALUE: Final = re.compile(r"[^\s\"'<>/=]{1,60}\s{0,5}=\s{0,5}(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)")


def tags(text: str) -> list[re.Match[str]]:
    """The tags of HTML in a text."""
    return [found for found in _TAG.finditer(text) if is_tag(found)]


def is_tag(found: re.Match[str]) -> bool:
    """Whether a name between angle brackets is an element, and all behind it are attributes."""
    if found["name"].lower() not in _ELEMENTS:
        return False
    words = _VALUE.sub(" ", found["rest"]).replace("/", " ").split()
    return all(word.lower() in _SWITCHES for word in words)


def without_tags(text: str) -> str:
    """The text without its tags."""
    return _TAG.sub(lambda found: "" if is_tag(found) else found[0], text)
