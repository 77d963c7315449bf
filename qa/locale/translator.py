"""Texts in the language of the reader; English, which the code is written in, costs nothing."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final, TypeVar

SOURCE: Final = "en"
FOLDER: Final = Path(__file__).parent
Text = TypeVar("Text")


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
    # Babel takes longer to import than an answer takes.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (FOLDER / f"{language}.po").open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return Translator(language, GNUTranslations(compiled))
