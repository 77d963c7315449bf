"""Texts in the language of the reader; English, which the code is written in, costs nothing."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from gettext import NullTranslations, c2py
from pathlib import Path
from typing import Final, TypeVar

SOURCE: Final = "en"
FOLDER: Final = Path(__file__).parent
Text = TypeVar("Text")
_ENTRY: Final = re.compile(r'^(msg[a-z_]+)(?:\[\d\])? ((?:".*"\n)+)', re.MULTILINE)
_LINE: Final = re.compile(r'".*"')


class Translator:
    """Says messages of the code in one language; braces are filled as `str.format` does."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, message: str, /, **values: object) -> str:
        """The message with its values."""
        # The empty message is the header of a catalogue.
        text = self._catalogue.gettext(message) if message else ""
        return text.format(**values) if values else text

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The message that fits a number, which it names `{count}`."""
        return self._catalogue.ngettext(one, many, count).format(count=count, **values)

    def percent(self, share: float) -> str:
        """A share of 1 as the language writes it: `76%`, `76 %`."""
        if self.language == SOURCE:
            return f"{share:.0%}"
        from babel.numbers import format_percent

        return format_percent(share, locale=self.language)

    def date(self, day: datetime) -> str:
        """A day as the language writes it: `31 Jan 2026`, `31 janv. 2026`."""
        if self.language == SOURCE:
            return f"{day.day} {day:%b %Y}"
        from babel.dates import format_date

        return str(format_date(day, locale=self.language))

    def number(self, value: float, places: int, *, signed: bool = False) -> str:
        """A number with so many decimal places as the language writes it: `0.5`, `0,5`."""
        if self.language == SOURCE:
            return f"{value:{'+' if signed else ''}.{places}f}"
        from babel.numbers import format_decimal

        digits = "0." + "0" * places
        # Rounded first, as Python does.
        rounded = float(f"{value:.{places}f}")
        pattern = f"+{digits};-{digits}" if signed else digits
        return str(format_decimal(rounded, pattern, locale=self.language))

    def confidence(self, share: float) -> str:
        """A probability as per cent, never rounded up to certainty."""
        return self.percent(min(int(share * 100 + 0.5), 99) / 100)


class _Catalogue(NullTranslations):
    """The messages of a `.po` file; Babel takes longer to import than an answer takes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._said: dict[str, list[str]] = {}
        for keyword, lines in _ENTRY.findall(text):
            # What the two formats escape is escaped alike.
            value = "".join(map(json.loads, _LINE.findall(lines)))
            if keyword == "msgid":
                self._said[value] = said = []
            elif keyword != "msgid_plural":
                said.append(value)
        rule = re.search(r"plural=(.*);", self._said[""][0])
        self._form = c2py(rule[1] if rule else "n != 1")

    def gettext(self, message: str) -> str:
        """As `gettext` has it."""
        return self._said.get(message, [message])[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """As `gettext` has it."""
        said = self._said.get(msgid1)
        return said[self._form(n)] if said else super().ngettext(msgid1, msgid2, n)


ENGLISH: Final = Translator(SOURCE, NullTranslations())


def N_(message: Text, /) -> Text:
    """Marks a message that is said later."""
    return message


def languages() -> tuple[str, ...]:
    """All languages of the interface, that of the code last."""
    return (*sorted(path.stem for path in FOLDER.glob("*.po")), SOURCE)


@cache
def translator(language: str = SOURCE) -> Translator:
    """The translator into a language; into English where there is no catalogue for it."""
    if language == SOURCE or language not in languages():
        return ENGLISH
    return Translator(language, _Catalogue((FOLDER / f"{language}.po").read_text("utf-8")))
