"""Files to documents: one reader per format, everything left out is reported."""

from qa.reading.apart import read_apart, work_apart
from qa.reading.corpus import ReadingReport, load_corpus, read_source
from qa.reading.documents import read_document
from qa.reading.files import SourceFile, Unlisted, find_files, list_files, unlisted
from qa.reading.manifest import Entry, Manifest, load_manifest
from qa.reading.readers import Reader

__all__ = [
    "Entry",
    "Manifest",
    "Reader",
    "ReadingReport",
    "SourceFile",
    "Unlisted",
    "find_files",
    "list_files",
    "load_corpus",
    "load_manifest",
    "read_apart",
    "read_document",
    "read_source",
    "unlisted",
    "work_apart",
]
