"""Every number that moves a coverage report, but for the levels, which are settings.

*By hand* is by the judged pairs and the objectives whose page is hidden (`qa-eval coverage`). The
weights of the evidence, of points and of items, are in `fitted.json`, by `qa-eval coverage --fit`.
"""

from __future__ import annotations

from typing import Final

# What is asked for, by hand: weights against a word that counts in full.
CONTEXT_WEIGHT: Final = 0.3
"""A word of the context, in the choice of a passage ..."""
CONTEXT_OF_FEW: Final = 0.6
"""... and where the point has fewer words of its own than the next number."""
ENOUGH_WORDS: Final = 3
MINOR_WEIGHT: Final = 0.25
"""Numbers, and words such as `type` or `notion`."""
ASKED_WEIGHT: Final = 0.25
"""A word of a title that tells what is to be known of its subject, or only frames it."""
WEAK: Final = 0.3
"""Translations below this weight are of words that look alike, and prove nothing."""

# What is looked at, by hand.
DOCUMENTS: Final = 12
"""Documents for one point ..."""
CLOSE: Final = 0.35
"""... as far as their score reaches this share of the best one's."""
CROWD: Final = 30
"""Documents after the best one that it is compared with, to see whether it stands out."""

# How a unit is read, by hand.
BEYOND_WEIGHT: Final = 0.85
"""A word that only the headings or other units of the passage say."""
CONTEXT_IN_CHOICE: Final = 0.25
"""The context, in the choice of the unit."""
WORD_SCALE: Final = 3.0
"""Within a logarithm, what a word counts that one passage alone has: of 1, 3 and 8 the best."""

# Whether the subject of an item is there at all.
FULL_MATCH: Final = 4.4
"""The unit of support, about the greatest weight of a term: (k1 + 1) in the passage and again in
the document. Another unit is another weight, and no other report."""
PRIOR_OBJECTIVES: Final = 2
"""How many objectives of an item tell half of what many would; by hand."""
TELLING_OBJECTIVES: Final = 3
"""And how many tell whether the documents deal with it: a lone title may be found by chance."""
ITEM_WEIGHT: Final = 4.0
"""Of that in the confidence of an objective; by hand: it then stands out most who has its page."""
