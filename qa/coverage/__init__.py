"""Which objectives the documents cover, how well, where, and what is missing."""
