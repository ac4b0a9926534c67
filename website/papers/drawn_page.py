"""A page drawn from its cells alone, where the publisher's file is not here: what was read, where it was read."""

from collections.abc import Iterator, Sequence

from markupsafe import escape

from website.release.rows import PaperRows, Row

MARGIN = 36.0
"""Points round what is printed."""
SMALLEST, LARGEST = 4.0, 11.0
"""Points of letters."""


def page_sizes(paper: PaperRows) -> dict[int, tuple[float, float]]:
    """Width and height in points of the pages that have cells, as far as their cells tell."""
    sizes: dict[int, tuple[float, float]] = {}
    for cell in paper.cells:
        width, height = sizes.get(cell["page"], (0.0, 0.0))
        sizes[cell["page"]] = (
            max(width, round(cell["x1"] + MARGIN, 1)),
            max(height, round(cell["y1"] + MARGIN, 1)),
        )
    return sizes


def drawn_page(cells: Sequence[Row], width: float, height: float) -> str:
    """The page as SVG: the border of each cell and its text."""
    return "".join(_parts(cells, width, height))


def _parts(cells: Sequence[Row], width: float, height: float) -> Iterator[str]:
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    yield '<rect width="100%" height="100%" fill="#fff"/><g fill="none" stroke="#999" stroke-width=".5">'
    for cell in cells:
        x0, y0, x1, y1 = (cell[edge] for edge in ("x0", "y0", "x1", "y1"))
        yield f'<rect x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}"/>'
    yield '</g><g font-family="sans-serif" fill="#111">'
    for cell in cells:
        yield _text(cell)
    yield "</g></svg>\n"


def _text(cell: Row) -> str:
    """The cell's text in one line that fits it: figures on the right, words on the left."""
    text = cell["text"]
    width, height = cell["x1"] - cell["x0"], cell["y1"] - cell["y0"]
    wide = sum(1.0 if ord(letter) > 0x2E80 else 0.55 for letter in text) or 1.0
    size = max(SMALLEST, min(LARGEST, height * 0.75, (width - 3) / wide))
    figure = text[-1:].isdigit()
    x, anchor = (cell["x1"] - 2, "end") if figure else (cell["x0"] + 2, "start")
    y = (cell["y0"] + cell["y1"]) / 2 + size * 0.36
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
