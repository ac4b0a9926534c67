"""What the page of queries shows: how to open a release, and questions to begin with."""

from collections.abc import Mapping
from typing import Any

from publish.opening.database import DATABASE
from publish.opening.readme import QUESTIONS
from publish.opening.workbook import WORKBOOK


def explore_values() -> Mapping[str, Any]:
    """The names of the files, and each question in both languages with its SQL."""
    questions = [(*title.split(" / ", 1), sql) for title, sql in QUESTIONS]
    return {"workbook": WORKBOOK, "database": DATABASE, "questions": questions}
