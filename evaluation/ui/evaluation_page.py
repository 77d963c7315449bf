"""The page on which question sets are run and runs compared."""

from __future__ import annotations


def show() -> None:
    """Draw the page."""
    # What measures takes a second to import, and the other pages do not need it.
    from evaluation.ui import page_body

    page_body.show()
