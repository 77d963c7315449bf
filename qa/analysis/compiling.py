"""The built-in word lists, made ready ahead of time: stemming all of them takes most of a second.

`make glossary` runs this module after a change of the lists, or of how words become terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from qa.analysis.kinds import kind_lines
from qa.analysis.lexicon import COMPILED, DATA, built_in_pairs, glossary_entries
from qa.analysis.meanings import meaning_lines
from qa.analysis.rarity import FREQUENCIES, frequencies_of_terms
from qa.analysis.words import Analyser, fold, surfaces


def write_compiled(path: Path) -> None:
    """Write the archive that `qa.analysis.lexicon` reads instead of the glossary."""
    pairs = built_in_pairs()
    french = {word for pair in pairs for word in surfaces(pair.left)}
    english = {word for pair in pairs for word in surfaces(pair.right)}
    in_french = {word.lower() for word in french}
    in_english = {word.lower() for word in english}
    members: dict[str, Iterable[str]] = {
        "entries": (
            f"{' '.join(entry.source)}\t{' '.join(entry.target)}"
            for entry in glossary_entries(pairs)
            if entry.language == "fr"
        ),
        "words": map(fold, french | english),
        "terms-fr": map(Analyser("fr").stem, french),
        "terms-en": map(Analyser("en").stem, english),
        "only-fr": in_french - in_english,
        "only-en": in_english - in_french,
        "meanings": meaning_lines(),
        "kinds": kind_lines(),
    }
    for language in FREQUENCIES:
        members[f"zipf-{language}"] = (
            f"{term}\t{zipf:.2f}" for term, zipf in frequencies_of_terms(language)
        )
    with ZipFile(path, "w") as archive:
        for name, lines in members.items():
            # Without the date that `writestr` puts on a bare name, equal content is equal bytes.
            member = ZipInfo(name)
            archive.writestr(member, "\n".join(sorted(set(lines))), ZIP_DEFLATED, 9)


if __name__ == "__main__":
    write_compiled(Path(__file__).parent / DATA / COMPILED)
