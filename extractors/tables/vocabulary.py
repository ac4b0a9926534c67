"""The words that tables are held against. They come in as data: this room knows no form and no code list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace


def _unknown(_text: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of the texts in tables: which are headings of columns.

    `says_caption` tells what stands above a table and says what it is: title, number, unit, department, year;
    `says_title` tells the title alone, be it of a form or of another table.
    """

    is_heading: Callable[[str], bool] = _unknown
    says_caption: Callable[[str], bool] = _unknown
    says_title: Callable[[str], bool] = _unknown

    def with_headings(self, texts: Iterable[str]) -> "Vocabulary":
        """The same words and some headings that a table has printed already."""
        seen = frozenset(texts)
        return replace(self, is_heading=lambda text: text in seen or self.is_heading(text))


NO_WORDS = Vocabulary()
"""Nothing known: tables are read from where their words stand alone."""
