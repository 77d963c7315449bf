"""What the dialects of Markdown add to CommonMark, turned into it or left out.

MkDocs and Quarto boxes, attributes of Pandoc and kramdown, formulas
of TeX, notes, short codes. Code
between fences stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from qa.models import Removal
from qa.reading.grids import GRID_RULE, grid_rows
from qa.reading.superscripts import raised
from qa.reading.tex_math import math_text

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_ADMONITION = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]+[\w-][\w -]*(?:[ \t]*\"(?P<title>[^\"\n]*)\")?[ \t]*"
)
_DIRECTIVE = re.compile(r"\{[\w:-]+\}[ \t]*(?P<title>.*)")
_BOX = re.compile(r":{3,}")
_KIND = re.compile(r"[\w-]{1,40}(?:\[([^\]\n]{0,150})\])?")
_BOX_TITLE = re.compile(r"title\s*=\s*[\"“]([^\"”]*)[\"”]")
_ALERT = re.compile(r"([ \t]*>[ \t]*)\[!\w+\][+-]?[ \t]*(.*)")
_NOTE = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]{1,40})\]:")
_ATTRIBUTES = re.compile(r"\{:?[ \t]{0,5}(?:[#.][\w:-]|[\w-]{1,40}=)")
_ATTRIBUTE_LINE = re.compile(r"[ \t]*\{:[^}\n]*\}[ \t]*")
_SPAN = re.compile(r"\[([^\[\]\n]{1,300})\]\{[#.][^}\n]{0,200}\}")
_CODE_SPAN = re.compile(r"``[^\n]{1,300}?``|`[^`\n]{1,300}`")
_INLINE_FORMULA = re.compile(r"\\\(([^\n]{1,300}?)\\\)|\\\[([^\n]{1,300}?)\\\]")
_CITATION = re.compile(r"[ \t]?\[(?:[^\[\]@\n]{0,60}-?@[\w:.#$%&+?<>~/-]+[^\[\]\n]{0,200})\]")
_SHORT_CODE = re.compile(r"\{\{[<%][^\n]{0,300}?[%>]\}\}|\{%[^\n]{0,300}?%\}")
_WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_RAISED = re.compile(r"(?<!\^)\^([\w+−-]{1,20})\^(?!\^)")
_MARKED = re.compile(r"(?<!=)==(?=[^\s=])([^=\n]{1,300})(?<!\s)==(?!=)")
_INLINE_NOTE = re.compile(r"\^\[((?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){1,500})\]")
_COMMAND = re.compile(
    r"\\(?:newpage|pagebreak|clearpage|(?:big|med|small)skip|vspace\{[^{}]{0,20}\})"
)
_CAPTION = re.compile(r"(?:Table)?:[ \t]+(?=\S)")
_EXAMPLE = re.compile(r"\(@[\w-]{0,40}\)(?=[ \t])")
_LOWERED = re.compile(r"(?<=[\w\])])~([\w+−-]{1,10})~(?!~)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_LONGEST_MARK: Final = 1000
"""A longer line is a paragraph, whatever it begins with."""
_LONGEST_BOX: Final = 200
_TEX: Final = frozenset("\\^_={}<>")
_PAUSE: Final = ". . ."


@dataclass(slots=True)
class Dialect:
    """CommonMark, the notes by their names, and what was left out."""

    text: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    removed: list[Removal] = field(default_factory=list)


def common_markdown(text: str) -> Dialect:
    """Return a page without what its dialect adds."""
    found = Dialect()
    lines = _Lines(found)
    found.text = "\n".join(lines.read(text.split("\n")))
    return found


def _drawn(lines: Iterable[str]) -> Iterator[str]:
    """Lines with each table that is drawn in a grid as one that CommonMark's kin know.

    The caption of a table loses its mark, and what is numbered by `(@)` becomes an item.
    """
    drawing: list[str] = []
    above = ""
    for line in lines:
        if drawing and line.startswith(("+", "|")):
            drawing.append(line)
            continue
        if drawing:
            yield from _as_pipes(drawing)
            drawing = []
        if GRID_RULE.fullmatch(line):
            drawing = [line]
            above = "|"
            continue
        if above.startswith("|") and (caption := _CAPTION.match(line)):
            line = line[caption.end() :]
        above = line if line.strip() else above
        yield _EXAMPLE.sub("-", line, count=1) if line.startswith("(@") else line
    yield from _as_pipes(drawing) if drawing else ()


def _as_pipes(drawing: list[str]) -> Iterator[str]:
    rows = [[" ".join(cell.split()) for cell in row] for row in grid_rows(drawing)]
    if len(rows) < 2 or len({len(row) for row in rows}) > 1:
        yield from drawing
        return
    for number, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if number == 0:
            yield "|---" * len(row) + "|"


@dataclass(slots=True)
class _Lines:
    """The lines of a page, one after the other."""

    found: Dialect
    _fence: str = ""
    _is_box: bool = False
    """Whether the open fence holds text that is set apart, not code."""
    _indents: list[int] = field(default_factory=list)
    """Of the admonitions around: how far their text is indented."""
    _note: str = ""

    def read(self, lines: list[str]) -> Iterator[str]:
        for line in _drawn(lines):
            if self._fence:
                yield from self._fenced(line)
            elif not self._goes_on_note(line):
                yield from self._line(self._dedented(line))

    def _fenced(self, line: str) -> Iterator[str]:
        if line.strip().startswith(self._fence) and not line.strip().strip(self._fence[0]):
            self._fence = ""
            yield "" if self._is_box else self._dedented(line)
        elif not self._is_box:
            yield self._dedented(line)
        elif not re.match(r"[ \t]*:[\w-]+:", line):
            yield from self._prose(line)

    def _dedented(self, line: str) -> str:
        """A line without the indent of the boxes around it; one that has less ends them."""
        if not line.strip():
            return line
        own = len(line) - len(line.lstrip(" "))
        while self._indents and own < self._indents[-1]:
            self._indents.pop()
        return line[self._indents[-1] :] if self._indents else line

    def _goes_on_note(self, line: str) -> bool:
        """Whether a line is one more of the note above."""
        if not self._note:
            return False
        if line.startswith(("    ", "\t")) or (line.strip() and not self._ended):
            self.found.notes[self._note] += f"\n{line.strip()}"
            return True
        if not line.strip():
            self._ended = True
            self.found.notes[self._note] += "\n"
            return True
        self._note = ""
        return False

    _ended: bool = False

    def _line(self, line: str) -> Iterator[str]:
        if len(line) > _LONGEST_MARK and not _NOTE.match(line):
            yield self._inline(line)
        elif fence := _FENCE.fullmatch(line):
            directive = _DIRECTIVE.fullmatch(fence[2].strip())
            self._fence, self._is_box = fence[1], directive is not None and _is_text(fence[2])
            if self._is_box and directive is not None:
                yield from _title(directive["title"])
            else:
                yield line
        elif note := _NOTE.match(line):
            self._note, self._ended = note["name"], False
            self.found.notes[self._note] = line[note.end() :].strip()
            yield ""
        elif opened := _ADMONITION.fullmatch(line.strip()):
            indent = self._indents[-1] if self._indents else 0
            self._indents.append(indent + len(line) - len(line.lstrip(" ")) + 4)
            yield from _title(opened["title"] or "")
        elif len(line) <= _LONGEST_BOX and _BOX.match(line.strip()):
            yield from _title(_title_of_box(line.strip().strip(":").strip()))
        else:
            yield from self._prose(line)

    def _prose(self, line: str) -> Iterator[str]:
        if _ATTRIBUTE_LINE.fullmatch(line) or line.strip() == _PAUSE:
            return
        if _COMMAND.fullmatch(line.strip()):
            return
        if len(line) > _LONGEST_MARK:
            yield self._inline(line)
            return
        if alert := _ALERT.fullmatch(line):
            line = f"{alert[1]}**{alert[2].strip()}**\n{alert[1]}" if alert[2].strip() else alert[1]
        if line.startswith("    ") and not line.strip().startswith(("-", "*", "+", "[")):
            yield line  # Code, or text of an item: what it says is not touched.
            return
        at = line.rfind("{") if line.rstrip().endswith("}") else -1
        line = line[:at].rstrip() if at >= 0 and _ATTRIBUTES.match(line, at) else line
        yield self._inline(line)

    def _inline(self, line: str) -> str:
        parts: list[str] = []
        last = 0
        for code in _CODE_SPAN.finditer(line) if "`" in line else ():
            parts += [self._words(line[last : code.start()]), code[0]]
            last = code.end()
        return "".join([*parts, self._words(line[last:])])

    def _words(self, text: str) -> str:
        if "\\" in text:
            text = _INLINE_FORMULA.sub(_formula, text)
        if "{" in text:
            text = _SPAN.sub(r"\1", self._without(_SHORT_CODE, "short code", text))
        if "@" in text:
            text = self._without(_CITATION, "citation", text)
        if "[[" in text:
            text = _WIKI_LINK.sub(lambda link: "" if link[1] else link[3] or link[2], text)
        if "~" in text:
            text = _LOWERED.sub(r"\1", text)
        if "==" in text:
            text = _MARKED.sub(r"\1", text)
        if "^" in text:
            text = _RAISED.sub(lambda one: raised(one[1]), _INLINE_NOTE.sub(self._noted, text))
        return text

    def _noted(self, note: re.Match[str]) -> str:
        """The mark of a note that is written where it is."""
        name = f"n{len(self.found.notes) + 1}"
        self.found.notes[name] = note[1]
        return f"[^{name}]"

    def _without(self, pattern: re.Pattern[str], reason: str, text: str) -> str:
        for found in pattern.finditer(text):
            self.found.removed.append(Removal(reason=reason, text=found[0].strip()))
        return pattern.sub("", text)


def _is_text(info: str) -> bool:
    """Whether a fence with a directive in braces holds text, not code or a picture."""
    name = info.strip().strip("{").partition("}")[0].casefold()
    return name in _TEXT_DIRECTIVES or name.endswith(("note", "box"))


_TEXT_DIRECTIVES: Final = frozenset(
    "admonition attention caution danger error hint important note"
    " seealso tip warning topic sidebar"
    " margin card dropdown epigraph definition theorem proof"
    " exercise solution example remark".split()
)


def _title_of_box(opening: str) -> str:
    """The title behind the colons that open a box: `{.callout title="…"}`, `tip[…]`, `tip …`."""
    if opening.startswith("{"):
        stated = _BOX_TITLE.search(opening)
        return stated[1] if stated else ""
    kind = _KIND.match(opening)
    if kind is None:
        return ""
    return kind[1] or opening[kind.end() :].partition("{")[0].strip()


def _title(title: str) -> Iterator[str]:
    """The title of a box, on a line of its own."""
    said = title.strip().strip('"“”').strip()
    yield ""
    if said:
        yield f"**{said}**"
        yield ""


def _formula(found: re.Match[str]) -> str:
    if found[1] is None and not _TEX & set(found[2]):
        return found[0]  # Brackets that are escaped, around a number or words.
    return _SPECIAL.sub(r"\\\1", math_text(found[1] or found[2] or ""))
