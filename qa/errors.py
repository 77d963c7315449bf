"""Everything that can go wrong for a user, in one tree.

QAError                     base; the command line prints it as one line and exits with 2
├── SettingsError           a setting has a value it cannot have
├── ReadingError            a source document cannot be read
│   ├── SourceNotFoundError     the path does not exist
│   ├── UnreadableDocumentError the file is empty, binary, damaged or of an unknown format
│   └── ReadingLimitError       the file is beyond a limit of size, time or memory
├── ManifestError           manifest.toml, glossary or acronym file is malformed
├── IndexStoreError         the index on disk cannot be used
│   ├── IndexNotFoundError      there is no index at this place
│   ├── IndexCorruptedError     a file is missing or its checksum differs
│   ├── IndexWriteError         the index cannot be written (read-only, disk full)
│   └── ClusterError            the cluster that the index is in cannot be used
├── EncoderError            what encodes meaning is missing or cannot be used
├── UnknownDocumentError    no document has this identifier
├── CollectionError         no collection has this name, or none can have it
├── EditingError            the documents cannot be changed on the pages
├── QuestionError           the question or its batch line cannot be used
├── ObjectivesError         a file of objectives is malformed, or there are none
├── DecisionsError          the decisions on coverage cannot be read or written
├── QuestionLogError        the log of questions is off or cannot be used
├── ConversationsError      past conversations cannot be read or kept
└── WorkError               work for a page was not done to its end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.locale.message import Message

if TYPE_CHECKING:
    from qa.locale.translator import Translator


class QAError(Message, Exception):
    """Base of all errors that a user can cause and mend; a message of the interface."""

    exit_code = 2

    def lines(self, tr: Translator) -> tuple[str, ...]:
        """What to show, a line each, whatever line breaks the values have."""
        return (self.said(tr),)


class SettingsError(QAError):
    """A setting has a value it cannot have."""


class ReadingError(QAError):
    """A source document cannot be read."""


class SourceNotFoundError(ReadingError):
    """The path of a source does not exist."""


class UnreadableDocumentError(ReadingError):
    """The file is empty, binary, damaged or of an unknown format."""


class ReadingLimitError(ReadingError):
    """The file is beyond a limit of size, time or memory, or its reader has crashed."""


class UnreadableFileWarning(UserWarning):
    """A file of a folder was left out, as it cannot be read."""


class ManifestError(QAError):
    """A manifest, glossary or acronym file is malformed."""


class IndexStoreError(QAError):
    """The index on disk cannot be used."""


class IndexNotFoundError(IndexStoreError):
    """There is no index at this place."""


class IndexCorruptedError(IndexStoreError):
    """A file of the index is missing or its checksum differs."""


class IndexWriteError(IndexStoreError):
    """The index cannot be written."""


class ClusterError(IndexStoreError):
    """The cluster that the index is in does not answer, or not as it should."""


class EncoderError(QAError):
    """What encodes meaning is not installed, not there, or gives no vectors."""


class UnknownDocumentError(QAError):
    """No document of the index has this identifier."""


class CollectionError(QAError):
    """No collection has this name, or none can have it."""


class EditingError(QAError):
    """The documents cannot be changed on the pages."""


class QuestionError(QAError):
    """The question, or a line of a batch of questions, cannot be used."""


class ObjectivesError(QAError):
    """A file of objectives is malformed, or there are no objectives."""


class DecisionsError(QAError):
    """The decisions of instructors on coverage cannot be read or written."""


class QuestionLogError(QAError):
    """The log of questions is switched off, or its database cannot be used."""


class ConversationsError(QAError):
    """Past conversations cannot be read or kept."""


class WorkError(QAError):
    """Work for a page was stopped, or not begun as too much is waiting."""
