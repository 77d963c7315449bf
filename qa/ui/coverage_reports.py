"""Coverage reports in the making: each is made once, for all who wait for it."""

from __future__ import annotations

import streamlit as st

from qa.coverage.report import CoverageReport
from qa.ui import coverage_work
from qa.ui.coverage_upload import Upload
from qa.ui.jobs import Queue, Work
from qa.ui.served import Served


class Reports:
    """The reports on the documents of one index, shared by all sessions.

    That of the objective pages is kept; those of files live as long as a session holds them.
    """

    def __init__(self) -> None:
        self._of_pages: Work[CoverageReport] | None = None

    def work(self, queue: Queue, served: Served, upload: Upload | None) -> Work[CoverageReport]:
        """The report on the objectives of a file, or else on those of the pages."""
        key = ("coverage", served.fingerprint, upload.digest if upload else "")
        stated = upload.objectives if upload else None
        work = queue.work(key, coverage_work.make_report, served, stated)
        if upload is None:
            self._of_pages = work
        return work


@st.cache_resource(show_spinner=False, max_entries=2)
def reports(fingerprint: str) -> Reports:
    """The reports on the documents with this fingerprint."""
    return Reports()
