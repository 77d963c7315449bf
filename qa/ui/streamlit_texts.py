"""What Streamlit says on the pages in English only: `page.js` puts the reader's language."""

from __future__ import annotations

from typing import Final

from qa.locale.translator import N_, SOURCE, Translator

_TEXTS: Final = (
    N_("App pages"),
    N_("Browse files"),
    N_("Clear all"),
    N_("Clear value"),
    N_("Close"),
    N_("Collapse sidebar"),
    N_("Drag and drop file here"),
    N_("Drag and drop files here"),
    N_("Drag and drop a file here"),
    N_("Expand sidebar"),
    N_("Feedback rating"),
    N_("Fullscreen"),
    N_("Hide password"),
    N_("Navigate to home page"),
    N_("Next page"),
    N_("No results"),
    N_("Pagination"),
    N_("Previous page"),
    N_("Press Enter to apply"),
    N_("Running..."),
    N_("Select all"),
    N_("Selected values"),
    N_("Send message"),
    N_("Show password"),
    N_("Sidebar"),
    N_("Stop script"),
    N_("Thumbs down"),
    N_("Thumbs up"),
    N_("Upload"),
)


def streamlit_texts(tr: Translator) -> dict[str, str]:
    """Each of these texts in the language of the reader; none where that is English."""
    if tr.language == SOURCE:
        return {}
    return {text: tr(text) for text in _TEXTS} | {"Open": tr("Open the list")}
