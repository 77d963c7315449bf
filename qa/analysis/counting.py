"""How common the words of French and English are, taken from the dictionaries of `pyspellchecker`.

Its counts are of sentences of films (OpenSubtitles; Lison and Tiedemann, LREC 2016), under the MIT
licence. `make frequencies` runs this module; only the files that it writes are part of the package.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from importlib import resources
from math import log10
from pathlib import Path
from typing import Final

from qa.analysis.lexicon import DATA
from qa.analysis.rarity import FREQUENCIES
from qa.models import Language

_LEAST: Final = 3.0
"""On the scale of Zipf: once in a million words."""
_HEADER: Final = """\
How common words are, on the scale of Zipf: log10 of the occurrences in a billion words.
Made by `make frequencies` from the word counts of pyspellchecker, whose licence is:

Copyright (c) 2018-2021 Tyler Barrus

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def frequency_lines(language: Language) -> Iterator[str]:
    """The lines `word<TAB>frequency` of a language, in order."""
    file = resources.files("spellchecker") / "resources" / f"{language}.json.gz"
    counts: dict[str, int] = json.loads(gzip.decompress(file.read_bytes()))
    total = sum(counts.values())
    for word, count in sorted(counts.items()):
        zipf = 9 + log10(count / total)
        if word.isalpha() and zipf >= _LEAST:
            yield f"{word}\t{zipf:.1f}\n"


def write_frequencies(folder: Path) -> None:
    """Write the files of both languages."""
    for language, name in FREQUENCIES.items():
        header = "".join(f"# {line}".rstrip() + "\n" for line in _HEADER.splitlines())
        text = header + "".join(frequency_lines(language))
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_frequencies(Path(__file__).parent / DATA)
