"""Every number that moves a coverage report, but for the levels, which are settings.

*By hand* is by the agreement with a table of documents and objectives made by reading
(`evaluation/coverage_gold.csv`) and by the parting of objectives with a page from those whose page
is hidden (`qa-eval coverage`). *Fitted* is by `qa-eval coverage --fit`.
"""

from __future__ import annotations

from typing import Final

# What is asked for, by hand: weights against a word that counts in full.
CONTEXT_WEIGHT: Final = 0.3
"""A word of the context, in the choice of a passage."""
REST_WEIGHT: Final = 0.25
"""A word outside the keys of a statement."""
MOST_REST: Final = 0.5
"""Most that all words outside the keys count together, against all inside ..."""
ENOUGH_WORDS: Final = 3
"""... unless there are fewer key words than this: then one common word would decide alone."""
MINOR_WEIGHT: Final = 0.25
"""Numbers, and words such as `type` or `notion`."""

# What is looked at, by hand.
DOCUMENTS: Final = 12
"""Documents for one point ..."""
CLOSE: Final = 0.35
"""... as far as their score reaches this share of the best one's."""
CROWD: Final = 30
"""Documents after the best one that it is compared with, to see whether it stands out."""

# How sure a passage is, by hand but where it says otherwise; the features are in `confidence`.
UNIT_SHARE: Final = 3.0
PASSAGE_SHARE: Final = 0.75
SATURATION: Final = 3.2
STATEMENT: Final = -0.25
SMALL: Final = 1.3
SUBJECT: Final = 3.0
INTERCEPT: Final = -3.25
SLOPE: Final = 0.828
"""Fitted, and so are the next two; a fit to the evidence as it is weighed here finds 0.784, 0.468
and 0.274, which is no nearer on the largest collections and further from the table."""
SHIFT: Final = 0.34
GROWTH: Final = 0.256
LARGE_COLLECTION: Final = 200
"""Passages from which on the weights of words are steady."""

# Whether the subject of an item is there at all.
SUPPORT: Final = (13.0, 0.38)
PROMINENCE: Final = (16.4, 0.42)
"""Slope of each, fitted once to items whose pages were all hidden, and its mean over subjects."""
ENOUGH_SUBJECT: Final = -0.5
"""From about here on the subject is there, and more of it tells nothing of one point; by hand."""
PRIOR_OBJECTIVES: Final = 2
"""How many objectives of an item tell half of what many would; by hand."""
