"""Builds an index on disk, or brings it up to date: only what changed is read again.

The result is the same, ranking and fingerprint included, as that of a build from nothing over the
same files.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from qa.analysis.lexicon import Entry, project_entries
from qa.errors import ReadingError, UnknownDocumentError, UnreadableDocumentError
from qa.index import store
from qa.index.catalogue import Catalogue
from qa.index.index import Index
from qa.index.previous import Previous, Reuse, lexicon_digest, open_previous, write_record
from qa.index.recipe import recipe
from qa.index.report import IndexReport, Outcome, Reading
from qa.index.sources import Origin, Scan, assign_ids, check_sources, scan
from qa.models import Document
from qa.reading import Entry as Stated
from qa.reading import SourceFile, read_apart
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.index.build import IndexBuilder

Progress = Callable[[int, int], None]
"""Called with the number of files done and their total."""


def update_index(
    sources: Iterable[Path | str],
    directory: Path,
    settings: Settings,
    *,
    rebuild: bool = False,
    on_progress: Progress | None = None,
) -> IndexReport:
    """Make the index hold what `sources` have now, and keep what it has of other sources.

    With `rebuild`, nothing is kept, and an index that is damaged is replaced as well. Raises
    `ReadingError` for a source that has nothing to read, `ManifestError`, `IndexCorruptedError` and
    `IndexWriteError`; the previous index is then as it was.
    """
    started = time.perf_counter()
    with store.write_lock(directory), open_previous(directory, rebuild=rebuild) as previous:
        found = scan(
            map(Path, sources),
            previous.folders,
            leave_out=directory.resolve(),
            settings=settings.reading,
        )
        kept = [o for path, o in previous.origins.items() if not found.covers(path)]
        outcome = _Update(directory, settings, previous, found).run(kept, on_progress)
        return outcome.report(previous, found, started)


def remove_document(directory: Path, document_id: str) -> IndexReport:
    """Take one document out, until its source is indexed again.

    Raises `UnknownDocumentError`, `IndexNotFoundError`, `IndexCorruptedError`, `IndexWriteError`.
    """
    started = time.perf_counter()
    store.require(directory)
    with store.write_lock(directory), open_previous(directory) as previous:
        if previous.index is None:  # It was there before the lock was held.
            raise store.damaged(directory, "another process has taken it away")
        if document_id not in previous.ids.values():
            raise UnknownDocumentError(
                "no document {document_id!r} in this index; `qa documents list` names them all",
                document_id=document_id,
            )
        kept = [o for path, o in previous.origins.items() if previous.ids.get(path) != document_id]
        settings = Settings(index=previous.index.settings)
        found = Scan(folders=previous.folders)
        outcome = _Update(directory, settings, previous, found).run(kept, None)
        return outcome.report(previous, found, started)


class _Update:
    """One run: the documents, in the order of their identifiers, go into a new generation."""

    def __init__(
        self, directory: Path, settings: Settings, previous: Previous, found: Scan
    ) -> None:
        self._directory = directory
        self._settings = settings
        self._previous = previous
        self._found = found
        index = previous.index
        self._reuse = Reuse(index) if index is not None else None
        self._same_passages = (
            index is not None
            and previous.recipe == recipe()
            and index.settings.passage_words == settings.index.passage_words
        )
        self._read: dict[Path, Reading] = {}

    def run(self, kept: Sequence[Origin], on_progress: Progress | None) -> Outcome:
        """Write the new generation, unless it would be the same as the present one."""
        origins = [*kept, *self._found.origins]
        ordered = sorted(zip(assign_ids(origins), origins, strict=True), key=itemgetter(0))
        entries = _entries_beside(origins)
        index = self._previous.index
        if index is not None and self._is_current(ordered, entries, index):
            return self._outcome(
                self._previous.origins.values(),
                index.statistics.passages,
                index.fingerprint,
            )
        with store.new_generation(self._directory) as folder:
            with (
                closing(Catalogue.create(folder / store.CATALOGUE)) as catalogue,
                read_apart(self._to_read(ordered), self._settings.reading) as documents,
            ):
                # scikit-learn takes a second to import: the files are being read meanwhile.
                from qa.index.build import IndexBuilder

                builder = IndexBuilder(self._settings.index, catalogue, entries)
                done = self._add_all(ordered, builder, documents, on_progress)
                generation = builder.finish()
            write_record(folder, done, self._found.folders, entries)
            store.commit(self._directory, folder, generation)
        return self._outcome(done, generation.statistics.passages, generation.fingerprint)

    def _outcome(self, origins: Iterable[Origin], passages: int, fingerprint: str) -> Outcome:
        return Outcome(
            origins=tuple(origins), read=self._read, passages=passages, fingerprint=fingerprint
        )

    def _is_current(
        self, ordered: Sequence[tuple[str, Origin]], entries: Sequence[Entry], index: Index
    ) -> bool:
        """Whether the present index already is what would be written."""
        previous = self._previous
        return (
            self._same_passages
            and index.settings == self._settings.index
            and self._found.folders == previous.folders
            and lexicon_digest(entries) == previous.lexicon
            and [origin.path for _, origin in ordered] == list(previous.origins)
            and all(
                self._is_known(origin) and previous.ids.get(origin.path, document_id) == document_id
                for document_id, origin in ordered
            )
        )

    def _is_known(self, origin: Origin) -> bool:
        earlier = self._previous.origins.get(origin.path)
        return earlier is not None and earlier.key == origin.key

    def _to_read(self, ordered: Iterable[tuple[str, Origin]]) -> list[tuple[SourceFile, Stated]]:
        """The files of which nothing is known yet, with what is stated about them."""
        return [
            (SourceFile(id=origin.file, path=origin.path), self._found.stated(origin))
            for _, origin in ordered
            if not self._is_known(origin)
        ]

    def _add_all(
        self,
        ordered: Sequence[tuple[str, Origin]],
        builder: IndexBuilder,
        documents: Iterator[Document | ReadingError],
        on_progress: Progress | None,
    ) -> list[Origin]:
        """Add every document that can be read; returns the origins with the failures met."""
        done: list[Origin] = []
        for number, (document_id, origin) in enumerate(ordered, start=1):
            try:
                if self._is_known(origin):
                    self._add_again(document_id, origin, builder)
                else:
                    self._add_new(document_id, origin, next(documents), builder)
                done.append(origin)
            except UnreadableDocumentError as error:
                done.append(replace(origin, failure=str(error)))
            except ReadingError as error:
                # Without its key, so that it is tried again: the limits or the system may allow it.
                done.append(replace(origin, failure=str(error), key=""))
            if on_progress is not None:
                on_progress(number, len(ordered))
        check_sources(self._found, done)
        return done

    def _add_new(
        self,
        document_id: str,
        origin: Origin,
        document: Document | ReadingError,
        builder: IndexBuilder,
    ) -> None:
        """Add a document as it was read now."""
        if isinstance(document, ReadingError):
            raise document
        _require_unicode(document, origin.path)
        builder.add(replace(document, id=document_id))
        self._read[origin.path] = Reading(
            notices=tuple(notice.kind for notice in document.notices),
            left_out=tuple(removal.reason for removal in document.removed),
        )

    def _add_again(self, document_id: str, origin: Origin, builder: IndexBuilder) -> None:
        """Add a document of the earlier index, or raise why it could not be read then."""
        earlier = self._previous.ids.get(origin.path)
        if earlier is None or self._reuse is None:
            raise UnreadableDocumentError(self._previous.origins[origin.path].failure)
        document = self._reuse.document(earlier, document_id)
        if self._same_passages:
            passages = self._reuse.passages(earlier, document_id)
            builder.add_analysed(document, passages, self._reuse.terms(earlier))
        else:
            builder.add(document)


def _entries_beside(origins: Iterable[Origin]) -> tuple[Entry, ...]:
    """The lexicon entries of all folders that documents count in; raises `ManifestError`."""
    folders = sorted({origin.root for origin in origins})
    return tuple(entry for folder in folders for entry in project_entries(Path(folder)))


def _require_unicode(document: Document, path: Path) -> None:
    """Lone surrogates, from a file name or a character reference, cannot be stored as UTF-8."""
    try:
        f"{document.path}{document.title}{document.text}".encode()
    except UnicodeEncodeError as error:
        shown = path.as_posix().encode(errors="backslashreplace").decode()
        raise UnreadableDocumentError(
            "{shown}: its name or text has characters that are not Unicode; change them",
            shown=shown,
        ) from error
