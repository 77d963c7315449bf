"""The languages of the interface: English in the code, every other one a gettext catalogue here."""
