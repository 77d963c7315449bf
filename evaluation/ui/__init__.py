"""The evaluation page of the application; nothing else of `evaluation` knows of it."""
