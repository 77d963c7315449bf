"""Builds an index on disk, or brings it up to date: only what changed is read again.

The result is the same, ranking and fingerprint included, as that of a build from nothing over the
same files.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from functools import cached_property
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from qa.analysis.lexicon import Entry, project_entries
from qa.errors import ReadingError, UnknownDocumentError, UnreadableDocumentError
from qa.index import store
from qa.index.catalogue import Catalogue
from qa.index.catalogue_writer import CatalogueWriter
from qa.index.encoding import Encoding
from qa.index.histories import Histories
from qa.index.index import Index
from qa.index.previous import Previous, lexicon_digest, open_previous, write_record
from qa.index.recipe import recipe
from qa.index.sources import Origin, Scan, assign_ids, check_sources, scan
from qa.index.update_report import IndexReport, Outcome, Reading
from qa.meaning.encoder import Opening, canonical, open_encoder
from qa.reading import SourceFile, work_apart
from qa.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.index.analysed import Analysed, DocumentAnalyser
    from qa.index.build import IndexBuilder

Progress = Callable[[int, int], None]
"""Called with the number of files, or of texts to encode, that are done and their total."""


def update_index(
    sources: Iterable[Path | str],
    directory: Path,
    settings: Settings,
    *,
    rebuild: bool = False,
    encoder: str | None = None,
    opening: Opening = open_encoder,
    added_by: str = "",
    on_progress: Progress | None = None,
    on_encoding: Progress | None = None,
) -> IndexReport:
    """Make the index hold what `sources` have now, and keep what it has of other sources.

    With `rebuild`, nothing is kept, and an index that is damaged is replaced as well. `encoder` is
    the name of what makes vectors of the units, empty for none and `None` for what the index has;
    `on_encoding` counts them. `added_by` is who adds what is new, if that is known.

    Raises `ReadingError` for a source that has nothing to read, `ManifestError`, `EncoderError`,
    `IndexCorruptedError` and `IndexWriteError`; the previous index is then as it was.
    """
    started = time.perf_counter()
    with store.write_lock(directory), open_previous(directory, rebuild=rebuild) as previous:
        found = scan(
            map(Path, sources),
            previous.folders,
            leave_out=directory.resolve(),
            settings=settings.reading,
            earlier=previous.origins,
        )
        covered = found.covered
        kept = [o for place, o in previous.origins.items() if place not in covered]
        encoding = _encoding(previous, encoder, opening, directory, on_encoding)
        update = _Update(directory, settings, previous, found, encoding, added_by)
        return update.run(kept, on_progress).report(previous, found, started)


def remove_documents(directory: Path, document_ids: Sequence[str]) -> IndexReport:
    """Take some documents out together, until their sources are indexed again.

    Raises `UnknownDocumentError`, `IndexNotFoundError`, `IndexCorruptedError`, `IndexWriteError`.
    """
    started = time.perf_counter()
    store.require(directory)
    with store.write_lock(directory), open_previous(directory) as previous:
        if previous.index is None:  # It was there before the lock was held.
            raise store.damaged(directory, "another process has taken it away")
        gone, known = set(document_ids), set(previous.ids.values())
        for document_id in document_ids:
            if document_id not in known:
                raise UnknownDocumentError(
                    "no document {document_id!r} in this index; `qa documents list` names them all",
                    document_id=document_id,
                )
        kept = [o for place, o in previous.origins.items() if previous.ids.get(place) not in gone]
        settings = Settings(index=previous.index.settings)
        found = Scan(folders=previous.folders)
        encoding = _encoding(previous, None, open_encoder, directory, None)
        outcome = _Update(directory, settings, previous, found, encoding).run(kept, None)
        return outcome.report(previous, found, started)


class _Update:
    """One run: the documents, in the order of their identifiers, go into a new generation."""

    def __init__(
        self,
        directory: Path,
        settings: Settings,
        previous: Previous,
        found: Scan,
        encoding: Encoding,
        added_by: str = "",
    ) -> None:
        self._encoding = encoding
        self._added_by = added_by
        self._directory = directory
        self._settings = settings
        self._previous = previous
        self._found = found
        index = previous.index
        self._same_passages = (
            index is not None
            and previous.recipe == recipe()
            and index.settings.passage_words == settings.index.passage_words
        )
        self._histories = Histories(previous, (), added_by)
        self._read: dict[str, Reading] = {}
        self._ids: dict[str, str] = {}

    def run(self, kept: Sequence[Origin], on_progress: Progress | None) -> Outcome:
        """Write the new generation, unless it would be the same as the present one."""
        origins = [*kept, *self._found.origins]
        ordered = sorted(zip(assign_ids(origins), origins, strict=True), key=itemgetter(0))
        self._ids = {origin.place: id_ for id_, origin in ordered}
        entries = _entries_beside(origins)
        index = self._previous.index
        if index is not None and self._is_current(ordered, entries, index):
            return self._outcome(
                self._previous.origins.values(),
                index.statistics.passages,
                index.fingerprint,
            )
        self._histories = Histories(self._previous, origins, self._added_by)
        with store.new_generation(self._directory) as folder:
            with (
                closing(CatalogueWriter(folder)) as catalogue,
                self._analysed(ordered) as analysed,
            ):
                # The word lists take a while to load: the files are being read meanwhile.
                from qa.index.build import IndexBuilder

                builder = IndexBuilder(self._settings.index, catalogue, entries)
                done = self._add_all(ordered, builder, analysed, on_progress)
                generation = builder.finish()
            with closing(Catalogue.open(folder, generation.arrays["owners"])) as written:
                generation = self._encoding.added_to(generation, written)
            write_record(folder, done, self._found.folders, entries)
            store.commit(self._directory, folder, generation)
        self._encoding.forget()
        return self._outcome(done, generation.statistics.passages, generation.fingerprint)

    def _outcome(self, origins: Iterable[Origin], passages: int, fingerprint: str) -> Outcome:
        return Outcome(
            origins=tuple(origins),
            ids=self._ids,
            read=self._read,
            moved=self._histories.moved,
            passages=passages,
            fingerprint=fingerprint,
        )

    def _is_current(
        self, ordered: Sequence[tuple[str, Origin]], entries: Sequence[Entry], index: Index
    ) -> bool:
        """Whether the present index already is what would be written."""
        previous = self._previous
        return (
            self._same_passages
            and index.settings == self._settings.index
            and (index.meaning.encoder if index.meaning else "") == self._encoding.encoder
            and self._found.folders == previous.folders
            and lexicon_digest(entries) == previous.lexicon
            and [origin.place for _, origin in ordered] == list(previous.origins)
            and all(
                self._is_known(origin) and previous.ids.get(origin.place, id_) == id_
                for id_, origin in ordered
            )
        )

    def _is_known(self, origin: Origin) -> bool:
        earlier = self._previous.origins.get(origin.place)
        return earlier is not None and earlier.key == origin.key

    def _analysed(
        self, ordered: Iterable[tuple[str, Origin]]
    ) -> AbstractContextManager[Iterator[Analysed | ReadingError]]:
        """Begin to read and analyse the files of which nothing is known yet."""
        # With the word lists, which take a while to load where nothing is to be done.
        from qa.index.analysed import read_analysed

        new = [(id_, origin) for id_, origin in ordered if not self._is_known(origin)]
        tasks = [
            (SourceFile(id=origin.file, path=origin.path), self._found.stated(origin))
            for _, origin in new
        ]
        words = repeat(self._settings.index.passage_words)
        return work_apart(
            read_analysed,
            tasks,
            self._settings.reading,
            [id_ for id_, _ in new],
            [self._histories.of(origin, id_) for id_, origin in new],
            words,
        )

    def _add_all(
        self,
        ordered: Sequence[tuple[str, Origin]],
        builder: IndexBuilder,
        analysed: Iterator[Analysed | ReadingError],
        on_progress: Progress | None,
    ) -> list[Origin]:
        """Add every document that can be read; returns the origins with the failures met."""
        done: list[Origin] = []
        again = _Again(
            self._previous, self._settings, self._histories, builder, same=self._same_passages
        )
        for number, (document_id, origin) in enumerate(ordered, start=1):
            try:
                if self._is_known(origin):
                    again.add(document_id, origin)
                else:
                    again.flush()
                    self._add_new(origin, next(analysed), builder)
                done.append(origin)
            except UnreadableDocumentError as error:
                done.append(replace(origin, failure=str(error)))
            except ReadingError as error:
                # Without its key, so that it is tried again: the limits or the system may allow it.
                done.append(replace(origin, failure=str(error), key=""))
            if on_progress is not None:
                on_progress(number, len(ordered))
        again.flush()
        check_sources(self._found, done)
        return done

    def _add_new(
        self, origin: Origin, analysed: Analysed | ReadingError, builder: IndexBuilder
    ) -> None:
        """Add a document as it was read now."""
        if isinstance(analysed, ReadingError):
            raise analysed
        builder.append(analysed)
        self._read[origin.place] = Reading(notices=analysed.notices, left_out=analysed.left_out)


class _Again:
    """Documents of the earlier index that go into the new one, in runs of neighbours."""

    def __init__(
        self,
        previous: Previous,
        settings: Settings,
        histories: Histories,
        builder: IndexBuilder,
        *,
        same: bool,
    ) -> None:
        """`same`: whether their passages and terms are still those that the index has."""
        self._previous = previous
        self._histories = histories
        self._builder = builder
        self._same = same
        self._passage_words = settings.index.passage_words
        self._numbers = {id_: number for number, id_ in enumerate(previous.ids.values())}
        self._run = range(0)

    @cached_property
    def _analyser(self) -> DocumentAnalyser:
        from qa.index.analysed import DocumentAnalyser

        return DocumentAnalyser(self._passage_words)

    @cached_property
    def _terms(self) -> NDArray[np.int32]:
        index = self._previous.index
        vocabulary = index.lexicon.vocabulary.words() if index is not None else []
        return self._builder.numbers_of(vocabulary)

    def add(self, document_id: str, origin: Origin) -> None:
        """Add a document, or raise why it could not be read then."""
        earlier, index = self._previous.ids.get(origin.place), self._previous.index
        if earlier is None or index is None:
            raise UnreadableDocumentError(self._previous.origins[origin.place].failure)
        if self._same and earlier == document_id:
            number = self._numbers[earlier]
            if number != self._run.stop:
                self.flush()
                self._run = range(number, number)
            self._run = range(self._run.start, number + 1)
            return
        self.flush()
        history = self._histories.of(origin, document_id)
        document = replace(index.catalogue.document(earlier), id=document_id, history=history)
        self._builder.append(self._analyser.analyse([document]))

    def flush(self) -> None:
        """Add those that wait, as one stretch of the earlier index."""
        index = self._previous.index
        if index is not None and self._run:
            self._builder.copy(index, self._terms, self._run.start, self._run.stop)
        self._run = range(0)


def _encoding(
    previous: Previous,
    encoder: str | None,
    opening: Opening,
    directory: Path,
    on_progress: Progress | None,
) -> Encoding:
    """What makes the vectors; an encoder that is named is opened before anything is read."""
    earlier = previous.index.meaning if previous.index else None
    name = earlier.encoder if earlier else ""
    if encoder is not None:
        name = canonical(encoder)
        opened = opening(name) if name else None
        opening = (lambda _: opened) if opened is not None else opening
    return Encoding(
        encoder=name,
        opening=opening,
        earlier=earlier,
        directory=directory,
        on_progress=on_progress,
    )


def _entries_beside(origins: Iterable[Origin]) -> tuple[Entry, ...]:
    """The lexicon entries of all folders that documents count in; raises `ManifestError`."""
    folders = sorted({origin.root for origin in origins})
    return tuple(entry for folder in folders for entry in project_entries(Path(folder)))
