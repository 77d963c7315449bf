"""Measures retrieval and answers against question sets; depends on `qa`, never the reverse."""
