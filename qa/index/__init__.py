"""The index: what it is made of, how it is built, stored and brought up to date."""
