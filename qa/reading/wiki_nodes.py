"""The parse tree of a wiki page, flattened: text with line-level markup, and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.models import Removal
from qa.reading.tex_math import math_text, raised
from qa.reading.wiki_broken import is_broken, shorten_list_marks, without_noise
from qa.reading.wiki_inline import (
    BREAK,
    CAPTION_END,
    CAPTION_START,
    media_caption,
    protect,
    repair,
    split_pipes,
    strip_quotes,
)
from qa.reading.wiki_templates import shown_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mwparserfromhell.nodes import ExternalLink, Node, Tag, Template, Wikilink
    from mwparserfromhell.wikicode import Wikicode

_MEDIA = re.compile(r"\s*(?:file|fichier|image|media|média)\s*:", re.IGNORECASE)
_CATEGORY = re.compile(r"\s*(?:category|catégorie)\s*:", re.IGNORECASE)
_MARKUP = re.compile(r"[<&'\[{]")
_EMPHASIS = frozenset({"b", "i", "strong", "em"})
_BLOCKS = frozenset(
    {"p", "div", "center", "blockquote", "section", "pre", "dl", "ul", "ol", "dt", "dd"}
)
_INLINE_TAGS = """
u s del ins sub small big span font tt code kbd samp var cite q abbr mark dfn bdi time strike
tr td th caption tbody poem syntaxhighlight source
"""
_INLINE = frozenset(_INLINE_TAGS.split())
_REMOVED = {"ref": "reference", "references": "reference", "score": "score"}
_FORMULAS = frozenset({"math", "chem", "ce"})
_NEAR = 2
"""Nodes to each side that may have the words around one: a sign and what stands behind it."""
_DEEPEST = 20
"""Templates inside of templates: a page that has more of them is no text."""


@dataclass(slots=True)
class Flat:
    """Stretches of text and tables in reading order, and what was left out on the way."""

    pieces: list[str | Tag] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    is_broken: bool = False
    """Whether the text was too broken to be parsed."""
    unknown: list[str] = field(default_factory=list)
    """Names of templates that show something that is not known."""
    depth: int = 0
    """How many templates are open."""
    _open: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Append text to the stretch at the end."""
        self._open.append(text)

    def table(self, table: Tag) -> None:
        """Append a table."""
        self.close()
        self.pieces.append(table)

    def remove(self, reason: str, text: str) -> None:
        """Leave something out, on the record."""
        if text.strip():
            self.removed.append(Removal(reason=reason, text=text.strip()))

    def close(self) -> None:
        """End the stretch of text."""
        if self._open:
            self.pieces.append(repair("".join(self._open)))
            self._open.clear()


def flatten(text: str | Wikicode) -> Flat:
    """Flatten wikitext; quotes, list markers and headings stay in the text as markup."""
    flat = Flat()
    if isinstance(text, str) and is_broken(text):
        flat.is_broken = True
        clean, comments = without_noise(text)
        flat.write(clean)
        for comment in comments:
            flat.remove("comment", comment)
    else:
        _write(_parse(text) if isinstance(text, str) else text, flat)
    flat.close()
    return flat


def plain(text: str, removed: list[Removal] | None = None) -> str:
    """Return one value or caption in wikitext as plain text; what is left out goes to `removed`."""
    if not _MARKUP.search(text):
        return text
    flat = flatten(text)
    if removed is not None:
        removed.extend(flat.removed)
    joined = "".join(piece for piece in flat.pieces if isinstance(piece, str))
    return re.sub(f"[{BREAK}{CAPTION_START}{CAPTION_END}]", " ", strip_quotes(joined)[0])


def _parse(text: str) -> Wikicode:
    import mwparserfromhell

    # Quotes stay text: unbalanced ones would tear tables and lists apart.
    return mwparserfromhell.parse(shorten_list_marks(text), skip_style_tags=True)


def _write(code: Wikicode, flat: Flat) -> None:
    from mwparserfromhell import nodes

    all_nodes: list[Node] = list(code.nodes)
    for place, node in enumerate(all_nodes):
        match node:
            case nodes.Text():
                flat.write(str(node))
            case nodes.Tag():
                _write_tag(node, flat)
            case nodes.Wikilink():
                _write_link(node, flat)
            case nodes.ExternalLink():
                _write_address(node, flat)
            case nodes.Heading():
                marks = "=" * node.level
                flat.write(f"\n{marks}")
                _write(node.title, flat)
                flat.write(f"{marks}\n")
            case nodes.HTMLEntity():
                flat.write(_character(node))
            case nodes.Template():
                _write_template(node, flat, in_sentence=_in_sentence(all_nodes, place))
            case nodes.Comment():
                flat.remove("comment", str(node.contents))
            case _:
                flat.write(str(node))


def _in_sentence(nodes: Sequence[Node], place: int) -> bool:
    """Whether words stand before or behind a node, on its line."""
    before = "".join(map(str, nodes[max(place - _NEAR, 0) : place]))
    after = "".join(map(str, nodes[place + 1 : place + 1 + _NEAR]))
    around = (before.rpartition("\n")[2], after.partition("\n")[0])
    return any(char.isalnum() for line in around for char in line)


def _write_template(node: Template, flat: Flat, *, in_sentence: bool) -> None:
    own = [str(param.value) for param in node.params if not param.showkey]
    named = {
        str(param.name).strip().casefold(): str(param.value)
        for param in node.params
        if param.showkey
    }
    name = str(node.name)
    shown = shown_by(name, own, named, in_sentence=in_sentence)
    if not shown.is_known:
        flat.unknown.append(" ".join(name.split()))
    if not shown.text.strip() or flat.depth >= _DEEPEST:
        flat.remove("template", str(node))
        return
    if not shown.is_known:
        flat.remove("template", str(node))
    edge = "\n\n" if shown.is_block else ""
    flat.depth += 1
    flat.write(edge)
    _write(_parse(shown.text), flat)
    flat.write(edge)
    flat.depth -= 1


def _character(entity: Node) -> str:
    from html import unescape

    return protect(unescape(str(entity)).replace("\xa0", " "))


def _write_tag(node: Tag, flat: Flat) -> None:
    name = str(node.tag).strip().lower()
    if name == "table":
        flat.table(node)
    elif node.wiki_markup and name in ("li", "dt", "dd"):
        flat.write(str(node.wiki_markup))
    elif name in ("br", "hr"):
        flat.write(BREAK if name == "br" else "\n\n")
    elif name in _REMOVED:
        flat.remove(_REMOVED[name], str(node.contents or ""))
    elif name in _FORMULAS:
        flat.write(protect(math_text(str(node.contents or ""))))
    elif name == "gallery":
        _write_gallery(node, flat)
    elif name == "nowiki":
        flat.write(protect(str(node.contents or "")))
    elif node.self_closing or node.contents is None:
        flat.write("" if name in _EMPHASIS | _INLINE | _BLOCKS else str(node))
    else:
        before, after = _around(node, name, flat)
        flat.write(before)
        _write_contents(node, name, flat)
        flat.write(after)


def _around(node: Tag, name: str, flat: Flat) -> tuple[str, str]:
    """Return what stands for the opening and the closing tag in flattened text."""
    if name in _EMPHASIS:
        return "'''", "'''"
    if name in _BLOCKS:
        return "\n\n", "\n\n"
    if name == "li":
        return "\n* ", "\n"
    if re.fullmatch(r"h[1-6]", name):
        return f"\n{'=' * int(name[1])}", f"{'=' * int(name[1])}\n"
    if name in _INLINE or name == "sup":
        return "", ""
    # Not a tag of wikitext but a less-than sign: all of it is text.
    attributes = "".join(str(attribute) for attribute in node.attributes)
    return f"<{node.tag}{attributes}>", f"</{node.closing_tag}>"


def _write_contents(node: Tag, name: str, flat: Flat) -> None:
    inner = str(node.contents)
    exponent = raised(inner) if name == "sup" else inner
    if exponent != inner:
        flat.write(exponent)
    else:
        _write(node.contents, flat)


def _write_gallery(node: Tag, flat: Flat) -> None:
    titles = [
        str(attribute.value)
        for attribute in node.attributes
        if str(attribute.name).strip() == "caption"
    ]
    for line in str(node.contents or "").splitlines():
        _, *options = split_pipes(line)
        titles.append(media_caption(options))
    flat.remove("gallery", str(node.contents or ""))
    flat.write("\n" + "\n".join(_caption(title) for title in titles) + "\n")


def _caption(wikitext: str) -> str:
    text = " ".join(plain(wikitext).split())
    return f"{CAPTION_START}{text}{CAPTION_END}" if text else ""


def _write_link(node: Wikilink, flat: Flat) -> None:
    title = str(node.title)
    if _MEDIA.match(title):
        flat.remove("picture", str(node))
        flat.write(_caption(media_caption(split_pipes(str(node.text or "")))))
    elif _CATEGORY.match(title):
        flat.remove("category", str(node))
    elif node.text is not None and str(node.text).strip():
        _write(node.text, flat)
    else:
        # A colon in front makes a link of what would be a category or a picture.
        _write(_parse(title.lstrip(": ")) if title.startswith(":") else node.title, flat)


def _write_address(node: ExternalLink, flat: Flat) -> None:
    _write(node.title if node.title is not None else node.url, flat)
