"""Questions to ranked passages, and how sure the ranking is."""
