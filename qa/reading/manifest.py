"""`manifest.toml`: what the owner of a folder states about its documents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import ManifestError
from qa.models import LANGUAGES, Notice
from qa.reading.files import MANIFEST, SourceFile
from qa.reading.toml import parse_toml

_CORPUS_KEYS = ("title", "language", "licence", "url")
_LISTS = ("objectives", "based_on")
_DOCUMENT_KEYS = ("path", *_CORPUS_KEYS, *_LISTS)
_SPELLINGS = {"license": "licence"}
_MOST_BYTES = 8 * 2**20
"""Of a manifest: some 50,000 documents."""

_Named = tuple[str, Mapping[str, Any], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is stated about one document; empty where nothing is."""

    path: str = ""
    title: str = ""
    language: str = ""
    licence: str = ""
    url: str = ""
    objectives: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The entries of a manifest, sorted by path.

    `corpus` gives the values that hold where an entry is silent, `unknown` the keys not understood.
    """

    path: Path
    corpus: Entry = Entry()
    documents: tuple[Entry, ...] = ()
    unknown: tuple[Notice, ...] = ()

    def entry(self, document_id: str) -> Entry:
        """Return what is stated about a document, the corpus-wide values included."""
        at = bisect_left(self.documents, document_id, key=lambda entry: entry.path)
        stated = self.documents[at : at + 1]
        own = stated[0] if stated and stated[0].path == document_id else Entry()
        return Entry(
            path=document_id,
            title=own.title,
            language=own.language or self.corpus.language,
            licence=own.licence or self.corpus.licence,
            url=own.url or self.corpus.url,
            objectives=own.objectives,
            based_on=own.based_on,
        )

    def check(self, files: Iterable[SourceFile]) -> tuple[Notice, ...]:
        """Report unknown keys and the entries whose file is not among `files`."""
        present = {file.id for file in files}
        return self.unknown + tuple(
            Notice(
                kind="manifest-entry-without-file",
                message=f"{self.path}: no file {entry.path!r}; correct the path or drop the entry",
                path=entry.path,
            )
            for entry in self.documents
            if entry.path not in present
        )


def load_manifest(source: Path) -> Manifest | None:
    """Read the manifest of a source folder; None when there is none.

    Raises ManifestError naming the file, the entry and the remedy.
    """
    path = source / MANIFEST
    if not path.is_file():
        return None
    try:
        table = _parsed(path)
    except (ValueError, OSError) as error:
        raise ManifestError(
            "{path}: not valid TOML ({error}); correct it or delete it", path=path, error=error
        ) from error
    corpus = table.get("corpus", {})
    documents = table.get("document", [])
    if not isinstance(corpus, dict) or not isinstance(documents, list):
        raise ManifestError(
            "{path}: expected one [corpus] table and [[document]] tables", path=path
        )
    named: list[_Named] = [(f"{path}: [corpus]", corpus, _CORPUS_KEYS)]
    for number, document in enumerate(documents, start=1):
        if not isinstance(document, dict):
            raise ManifestError(
                "{path}: [[document]] number {number} is not a table", path=path, number=number
            )
        named.append((f"{path}: [[document]] number {number}", document, _DOCUMENT_KEYS))
    return Manifest(
        path=path,
        corpus=_entry(*named[0]),
        documents=_documents(named[1:]),
        unknown=tuple(notice for one in named for notice in _unknown(*one)),
    )


def _parsed(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _MOST_BYTES:
        raise ManifestError(
            "{path}: it has more than {megabytes} MB; leave out what needs no statement",
            path=path,
            megabytes=_MOST_BYTES // 2**20,
        )
    return parse_toml(path.read_text("utf-8-sig"))


def _documents(tables: list[_Named]) -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    for where, table, known in tables:
        entry = _entry(where, table, known)
        if not entry.path:
            raise ManifestError(
                "{where}: no `path`; give the path of the file in the folder", where=where
            )
        if entry.path in entries:
            raise ManifestError(
                "{where}: {path!r} appears twice; merge the two entries",
                where=where,
                path=entry.path,
            )
        entries[entry.path] = entry
    return tuple(sorted(entries.values(), key=lambda entry: entry.path))


def _unknown(where: str, table: Mapping[str, Any], known: tuple[str, ...]) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            kind="manifest-unknown-key",
            message=f"{where}: unknown key {key!r} ignored; known keys: {', '.join(known)}",
        )
        for key in table
        if _SPELLINGS.get(key, key) not in known
    )


def _entry(where: str, table: Mapping[str, Any], known: tuple[str, ...]) -> Entry:
    values: dict[str, Any] = {}
    for spelling, value in table.items():
        key = _SPELLINGS.get(spelling, spelling)
        if key in known:
            values[key] = (_strings if key in _LISTS else _string)(value, f"{where}: {key}")
    if values.get("language", "") not in ("", *LANGUAGES):
        raise ManifestError(
            "{where}: language {language!r}; write one of {languages}",
            where=where,
            language=values["language"],
            languages=", ".join(LANGUAGES),
        )
    return Entry(**values)


def _string(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise ManifestError(
            "{where} is {value!r}; write it as text between quotes", where=where, value=value
        )
    return value.strip()


def _strings(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ManifestError(
            "{where} is {value!r}; write it as a list of texts", where=where, value=value
        )
    return tuple(one.strip() for one in value)
