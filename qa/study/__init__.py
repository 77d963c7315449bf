"""A document to learn from: its outline, its key terms and cards, all in its own words."""

from qa.study.sheet import StudySheet, study_sheet

__all__ = ["StudySheet", "study_sheet"]
