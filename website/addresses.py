"""What pages are called, so that a link to one is good from release to release."""

import hashlib

LETTERS = 16
"""Of the hex digits of a document's id: as many as an `amount_id` has."""


def paper_name(document_id: str) -> str:
    """The name of a paper's page and of its pictures' folder."""
    return document_id[:LETTERS]


def paper_page(document_id: str, part: int = 1) -> str:
    """A paper's page, from the folder of papers; a long paper has several."""
    return f"{paper_name(document_id)}{f'-{part}' if part > 1 else ''}.html"


def department_name(division_code: str | None, department: str) -> str:
    """The name of a department's page: the same as long as its division and its printed name are."""
    return hashlib.sha256(f"{division_code or ''}|{department}".encode()).hexdigest()[:12]
