"""The words that tables are held against. They come in as data: this room knows no form and no code list."""

from collections.abc import Callable
from dataclasses import dataclass


def _unknown(_text: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of the texts in tables: which are headings of columns, which are labels of rows."""

    is_heading: Callable[[str], bool] = _unknown
    is_label: Callable[[str], bool] = _unknown


NO_WORDS = Vocabulary()
"""Nothing known: tables are read from where their words stand alone."""
