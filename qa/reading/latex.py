"""Reader of LaTeX: the prose of a source, without its commands; nothing is run or included."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from qa.models import Removal, Span
from qa.reading.content import Content, TextBuilder
from qa.reading.formats import read_decoded
from qa.reading.tex_math import math_text
from qa.reading.tex_units import number_text, unit_text

FORMAT: Final = "latex"

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*)?")
_BODY = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)
_TITLE = re.compile(r"\\title\s{0,5}(?:\[[^\]]{0,400}\])?\s{0,5}\{")
_LISTING = re.compile(
    r"\\begin\s*\{(verbatim\*?|lstlisting|minted|tikzpicture|comment|filecontents\*?|algorithmic"
    r"|pgfpicture|Verbatim|thebibliography)\}(?:(?!\\begin\s*\{\1\}).)*?\\end\s*\{\1\}",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"(?P<paragraph>\n[ \t]*\n\s*)|\\(?P<name>[A-Za-z@]+)\*?[ \t]*|\\(?P<sign>.)|(?P<math>\$\$?)"
    r"|(?P<brace>[{}])|(?P<special>[~&])|(?P<dash>---?)|(?P<quote>``|'')|(?P<text>[^\\{}$~&\n`'-]+|.|\n)",
    re.DOTALL,
)
_LEVELS: Final = {
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
    "subparagraph": 6, "frametitle": 3, "framesubtitle": 4,
}  # fmt: skip
_ACCENTS: Final = dict(
    zip(
        "'`^\"~=.cvuHkrdb",
        "\u0301\u0300\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u0328\u030a\u0323\u0331",
        strict=True,
    )
)
_LETTERS: Final = {
    "oe": "œ", "OE": "Œ", "ae": "æ", "AE": "Æ", "ss": "ß", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "i": "i", "j": "j", "ldots": "…", "dots": "…", "textellipsis": "…",
    "og": "« ", "fg": " »", "guillemotleft": "« ", "guillemotright": " »", "textbackslash": "\\",
    "textdegree": "°", "degres": "°", "degre": "°", "textmu": "µ", "texteuro": "€", "euro": "€",
    "LaTeX": "LaTeX", "TeX": "TeX", "textendash": "–", "textemdash": "—", "S": "§",
    "copyright": "©",
    "textgreater": ">", "textless": "<", "slash": "/", "quad": " ", "qquad": " ", "percent": "%",
    "ier": "er", "iere": "re", "ieme": "e", "up": "", "no": "n° ", "No": "N° ",
    "textquotesingle": "'",
    "newline": "\n", "linebreak": "\n", "par": "\n\n", "item": "", "space": " ", "celsius": "°C",
}  # fmt: skip
_TERMS: Final = frozenset("emph textbf textit textsl alert strong".split())
_DROPPED: Final = frozenset(
    "label ref pageref eqref autoref cref Cref cite citep"
    " citet parencite textcite autocite footcite"
    " nocite bibliography bibliographystyle addbibresource includegraphics include input usepackage"
    " documentclass vspace hspace index glsadd setlength"
    " setcounter pagestyle thispagestyle hypertarget"
    " newcommand renewcommand providecommand def newenvironment"
    " DeclareMathOperator graphicspath color"
    " definecolor hypersetup geometry usetikzlibrary tableofcontents maketitle author date thanks"
    " institute title subtitle fontsize selectfont rule phantom stepcounter addtocounter lstset"
    " usetheme usecolortheme setbeamertemplate bibitem cline cmidrule rowcolor cellcolor raisebox"
    " centering noindent begin end".split()
)
_NO_TEXT: Final = {
    **dict.fromkeys("href textcolor colorbox hyperref parbox scalebox".split(), 1),
    **{"multicolumn": 2, "multirow": 2},
}
"""How many arguments of a command come before its text."""
_MATHS: Final = frozenset(
    "equation equation* align align* gather gather* multline"
    " multline* eqnarray eqnarray* displaymath"
    " math".split()
)
_OPTION = re.compile(r"[ \t]*\[[^\[\]]{0,400}\]")
_RAW = re.compile(r"\s{0,5}\{((?:[^{}]|\{[^{}]{0,100}\}){0,300})\}")
_STOPS: Final = (".", ",", ";", ":", ")")
_QUANTITIES: Final = {
    **{"num": "n", "SI": "nu", "qty": "nu", "si": "u", "unit": "u"},
    **{"SIrange": "nnu", "qtyrange": "nnu", "numrange": "nn", "ang": "n"},
}
"""Numbers and units that commands of siunitx take."""
_DEEPEST: Final = 60


def read_latex(data: bytes, _name: str) -> Content:
    """Read a source; formulas are put in a line, references and commands left out."""
    return read_decoded(data, _read)


def _read(text: str) -> Content:
    plain = _COMMENT.sub(r"\1", text)
    title = _TITLE.search(plain)
    body = _BODY.search(plain)
    inner = body[1] if body else plain
    removed = tuple(
        Removal(reason="code", text=found[0][:200]) for found in _LISTING.finditer(inner)
    )
    page = _Page(_LISTING.sub("\n\n", inner))
    page.read()
    stated = _Page(plain[title.end() :]).argument_from(0) if title else ""
    return page.builder.content(FORMAT, title=stated or page.builder.heading(), removed=removed)


def _quantity(name: str, arguments: list[str]) -> str:
    kinds = _QUANTITIES[name]
    numbers = [number_text(a) for kind, a in zip(kinds, arguments, strict=True) if kind == "n"]
    units = [unit_text(a) for kind, a in zip(kinds, arguments, strict=True) if kind == "u"]
    edge = "" if name == "ang" else " "
    return edge.join(["–".join(numbers), *units]).strip() + ("°" if name == "ang" else "")


@dataclass(slots=True)
class _Page:
    """A source that is read from its start to its end."""

    source: str
    builder: TextBuilder = field(default_factory=TextBuilder)
    _at: int = 0
    _parts: list[str] = field(default_factory=list)
    _terms: list[Span] = field(default_factory=list)
    _lists: list[int] = field(default_factory=list)
    """Of the lists around: the next number, -1 for one of bullets."""
    _marker: str = ""
    _tables: int = 0
    _notes: list[str] = field(default_factory=list)
    _count: int = 0
    _caption: bool = False

    def argument_from(self, at: int) -> str:
        """The text of a group whose brace was read already."""
        self._at = at
        return " ".join(self._group(0).split())

    def read(self) -> None:
        """Add the blocks of the whole source."""
        while self._at < len(self.source):
            self._step(0)
        self._flush()

    def _group(self, depth: int) -> str:
        """The text up to the closing brace; blocks in it are taken for text."""
        outer, self._parts = self._parts, []
        terms, self._terms = self._terms, []
        while self._at < len(self.source):
            if self.source[self._at] == "}":
                self._at += 1
                break
            self._step(depth + 1)
        text, self._parts = "".join(self._parts), outer
        self._terms = terms
        return text

    def _step(self, depth: int) -> None:
        token = _TOKEN.match(self.source, self._at)
        if token is None or depth > _DEEPEST:
            self._at += 1
            return
        self._at = token.end()
        match token.lastgroup:
            case "paragraph":
                self._flush() if not depth else self._parts.append(" ")
            case "name":
                self._command(token["name"], depth)
            case "sign":
                self._sign(token["sign"], depth)
            case "math":
                self._math(token["math"])
            case "brace":
                self._parts.append(self._group(depth) if token[0] == "{" else "")
            case "special":
                in_row = token[0] == "&" and self._tables
                self._parts.append(" | " if in_row else " " if token[0] == "~" else "&")
            case "dash":
                self._parts.append("—" if len(token[0]) == 3 else "–")
            case "quote":
                self._parts.append("“" if token[0] == "``" else "”")
            case _:
                self._parts.append(" " if token[0] == "\n" else token[0])

    def _sign(self, sign: str, depth: int) -> None:
        if sign in _ACCENTS and sign not in "cvuHkrdb":
            self._accent(sign, depth)
        elif sign == "\\":
            self._skip_option()
            if self._tables:
                self._flush_row()
            else:
                self._parts.append("\n")
        elif sign in "([":
            end = self.source.find("\\)" if sign == "(" else "\\]", self._at)
            self._formula(end, 2)
        else:
            self._parts.append(
                {"-": "", "/": "", " ": " ", "\n": " ", ",": "\u202f", ";": " ", "@": ""}.get(
                    sign, sign
                )
            )

    def _accent(self, sign: str, depth: int) -> None:
        while self.source[self._at : self._at + 1] == " ":
            self._at += 1
        if self.source[self._at : self._at + 1] == "{":
            self._at += 1
            base = self._group(depth)
        else:
            outer, self._parts = self._parts, []
            if self.source.startswith("\\", self._at):
                self._step(depth + 1)
            else:
                self._parts.append(self.source[self._at : self._at + 1])
                self._at += 1
            base, self._parts = "".join(self._parts), outer
        self._parts.append(unicodedata.normalize("NFC", base[:1] + _ACCENTS[sign] + base[1:]))

    def _math(self, mark: str) -> None:
        end = self.source.find(mark, self._at)
        while end > 0 and self.source[end - 1] == "\\":
            end = self.source.find(mark, end + 1)
        self._formula(end, len(mark))

    def _formula(self, end: int, mark: int) -> None:
        if end < 0:
            return
        self._parts.append(math_text(self.source[self._at : end]))
        self._at = end + mark

    def _command(self, name: str, depth: int) -> None:
        if name in ("begin", "end"):
            self._environment(name, self._argument(depth))
        elif name in _LEVELS:
            self._skip_option()
            self._flush()
            self.builder.add("heading", self._argument(depth), level=_LEVELS[name])
        elif name == "item":
            self._item(depth)
        elif name == "caption":
            self._skip_option()
            said = self._argument(depth)
            self._flush()
            self.builder.add("caption", said)
        else:
            self._inline(name, depth)

    def _inline(self, name: str, depth: int) -> None:
        """A command within a sentence."""
        if name in ("footnote", "footnotetext", "sidenote", "marginpar"):
            self._skip_option()
            self._count += 1
            self._notes.append(f"[{self._count}] {self._argument(depth)}")
            self._parts.append(f"[{self._count}]")
        elif name in ("c", "v", "u", "H", "k", "r", "d", "b") and len(name) == 1:
            self._accent(name, depth)
        elif name in _LETTERS:
            self._letter(name)
        elif name in _QUANTITIES:
            self._skip_option()
            self._parts.append(_quantity(name, [self._raw() for _ in _QUANTITIES[name]]))
        elif name == "verb":
            self._verbatim()
        elif name in _DROPPED:
            self._skip_arguments(depth)
            if self._parts and self.source[self._at : self._at + 1] in _STOPS:
                self._parts[-1] = self._parts[-1].rstrip()
        else:
            self._other(name, depth)

    def _letter(self, name: str) -> None:
        text = _LETTERS[name]
        if text == "\n\n":
            self._flush()
            return
        self._parts.append(text)
        if self.source.startswith("{}", self._at):
            self._at += 2

    def _other(self, name: str, depth: int) -> None:
        """The text of a command that only changes how its argument looks, or of an unknown one."""
        self._skip_option()
        for _ in range(_NO_TEXT.get(name, 0)):
            self._argument(depth)
        start = sum(map(len, self._parts))
        while self.source[self._at : self._at + 1] == "{":
            self._parts.append(self._argument(depth))
        end = sum(map(len, self._parts))
        if name in _TERMS and start < end and not depth:
            self._terms.append((start, end))

    def _environment(self, edge: str, name: str) -> None:
        begins = edge == "begin"
        if begins and name in _MATHS:
            closing = f"\\end{{{name}}}"
            end = self.source.find(closing, self._at)
            self._formula(end, len(closing))
            return
        self._flush()
        if name in ("itemize", "enumerate", "description", "compactitem", "compactenum"):
            if begins:
                self._lists.append(1 if "enum" in name else -1)
            elif self._lists:
                self._lists.pop()
        elif name in ("tabular", "tabular*", "tabularx", "longtable", "tabulary", "array"):
            self.builder.part()
            self._tables += 1 if begins else -min(self._tables, 1)
            if begins:
                self._skip_arguments(0)
        if begins:
            self._skip_option()
            if name == "frame" and self.source.startswith("{", self._at):
                self.builder.add("heading", self._argument(0), level=3)

    def _item(self, depth: int) -> None:
        self._flush()
        label = _OPTION.match(self.source, self._at)
        if not self._lists:
            self._lists.append(-1)
        number = self._lists[-1]
        self._marker = "-" if number < 0 else f"{number}."
        if number >= 0:
            self._lists[-1] += 1
        if label:
            self._at = label.end()
            inner = _Page(label[0].strip()[1:-1])
            said = inner.argument_from(0)
            self._parts.append(f"{said} " if said else "")

    def _argument(self, depth: int) -> str:
        """The text of the next group; empty where none follows."""
        while self.source[self._at : self._at + 1] in (" ", "\n") and self._at < len(self.source):
            self._at += 1
        if self.source[self._at : self._at + 1] != "{":
            return ""
        self._at += 1
        return self._group(depth)

    def _verbatim(self) -> None:
        """What stands between two equal signs, whichever they are."""
        end = self.source.find(self.source[self._at : self._at + 1] or "|", self._at + 1)
        self._parts.append(self.source[self._at + 1 : max(end, self._at + 1)])
        self._at = max(end, self._at) + 1

    def _raw(self) -> str:
        """The source of the next group, which has no groups of more than one level in it."""
        found = _RAW.match(self.source, self._at)
        self._at = found.end() if found else self._at
        return found[1] if found else ""

    def _skip_option(self) -> None:
        while option := _OPTION.match(self.source, self._at):
            self._at = option.end()

    def _skip_arguments(self, depth: int) -> None:
        self._skip_option()
        while self.source[self._at : self._at + 1] == "{":
            self._argument(depth)
            self._skip_option()

    def _flush_row(self) -> None:
        text = "".join(self._parts)
        self._parts, self._terms = [], []
        cells = [" ".join(cell.split()) for cell in text.split(" | ")]
        self.builder.add("row", " | ".join(cells).strip(" |"))

    def _flush(self) -> None:
        if self._tables:
            self._flush_row()
            return
        text = "".join(self._parts)
        terms = [] if "[" in self._marker else self._terms
        self._parts, self._terms = [], []
        if text.strip():
            if self._marker:
                self.builder.add(
                    "item", text, level=len(self._lists), marker=self._marker, terms=terms
                )
            else:
                self.builder.add("paragraph", text, terms=terms)
            self._marker = ""
        for note in self._notes:
            self.builder.add("paragraph", note)
        self._notes = []
