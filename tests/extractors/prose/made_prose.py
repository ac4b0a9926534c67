"""Small pages and sections made for the tests of the prose."""

from collections.abc import Sequence
from decimal import Decimal

from extractors.prose.naming import Naming
from extractors.prose.paragraphs import Paragraph
from extractors.prose.reader import read_section
from extractors.prose.statements import Seen, Statement
from schemas.records import Box, Kind, Page, Rule, Word

SIZE = 12.0
LEFT = 90.0
WIDTH = 595.0
HEIGHT = 842.0


def line(text: str, y: float, indent: float = 0.0) -> Word:
    """A printed line as one word, its characters SIZE wide; `indent` counts characters."""
    x0 = LEFT + indent * SIZE
    return Word(text, Box(x0, y, x0 + SIZE * len(text), y + SIZE))


def page(number: int, words: Sequence[Word], rules: Sequence[Rule] = ()) -> Page:
    return Page(number, WIDTH, HEIGHT, tuple(words), tuple(rules), "pdfium")


def text_page(number: int, lines: Sequence[tuple[str, float]]) -> Page:
    """A page of lines given as text and indent, one below the other."""
    return page(number, [line(text, 100 + 20 * i, indent) for i, (text, indent) in enumerate(lines)])


def statements(
    text: str, kind: Kind = "final_accounts", year: int = 2023, *, whole_paper: bool = True, system: str = "function"
) -> list[Statement]:
    return [read for read in read_all(text, kind, year, whole_paper, system) if isinstance(read, Statement)]


def unread(text: str, kind: Kind = "final_accounts", year: int = 2023) -> list[str]:
    """The names of the findings, in reading order."""
    return [read.code for read in read_all(text, kind, year, True, "function") if isinstance(read, Seen)]


def told(
    text: str, kind: Kind = "final_accounts", year: int = 2023, *, whole_paper: bool = True
) -> list[tuple[str, str, Decimal]]:
    """Name, fact and value of each statement, with 万元 for sums so that expectations read like the text."""
    return [
        (s.name, s.fact, s.value / 10_000 if s.unit == "元" else s.value)
        for s in statements(text, kind, year, whole_paper=whole_paper)
    ]


def read_all(text: str, kind: Kind, year: int, whole_paper: bool, system: str) -> list[Statement | Seen]:
    paragraphs = [Paragraph(one, ((0, 1),)) for one in text.split("\n")]
    return list(read_section(paragraphs, Naming(system, year, (), whole_paper), kind))
