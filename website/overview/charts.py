"""Small charts as SVG that needs no script: bars over the years, budgets framed and final accounts filled."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from markupsafe import Markup

WIDTH, HEIGHT = 460, 170
BOTTOM, TOP = 24, 20
GROUP = 128
"""Pixels for a year."""
BAR = 44

Bar = tuple[int, str, Decimal | None]
"""A year, the kind of paper, and yuan."""


class Bars(NamedTuple):
    """A column of the dataset with its yuan, and its share of the largest, from 0 to 1."""

    column: Any
    yuan: Decimal
    share: float


def years_chart(bars: Iterable[Bar]) -> Markup | None:
    """Bars by year, oldest first; None where there is nothing to compare."""
    known = sorted(bar for bar in bars if bar[2] is not None and bar[2] >= 0)
    largest = max((bar[2] for bar in known if bar[2]), default=None)
    if len(known) < 2 or not largest:
        return None
    years = sorted({year for year, _, _ in known})
    width = max(WIDTH, GROUP * len(years))
    drawn = "".join(
        _year(number, year, [bar for bar in known if bar[0] == year], largest) for number, year in enumerate(years)
    )
    floor = f'y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM}"'
    line = f'<line x1="0" x2="{width}" {floor} stroke="currentColor" stroke-opacity=".4"/>'
    return Markup(f'<svg class="chart" viewBox="0 0 {width} {HEIGHT}" aria-hidden="true">{line}{drawn}</svg>')


def _year(number: int, year: int, bars: Sequence[Bar], largest: Decimal) -> str:
    left = number * GROUP + 10
    parts = [f'<text class="soft" x="{left + BAR + 4}" y="{HEIGHT - 6}" text-anchor="middle">{year}</text>']
    for kind, yuan in ((kind, yuan) for _, kind, yuan in bars if yuan is not None):
        height = max(float(yuan / largest) * (HEIGHT - BOTTOM - TOP), 1.0)
        x = left + (0 if kind == "budget" else BAR + 8)
        y = HEIGHT - BOTTOM - height
        css = "budget" if kind == "budget" else "final"
        parts.append(f'<rect class="{css}" x="{x}" y="{y:.1f}" width="{BAR}" height="{height:.1f}"/>')
        parts.append(f'<text x="{x + BAR / 2}" y="{y - 5:.1f}" text-anchor="middle">{_short(yuan)}</text>')
    return "".join(parts)


def _short(yuan: Decimal) -> str:
    """万 or 亿 with so many places that a bar's width is enough."""
    if yuan >= 100_000_000:
        return f"{yuan / 100_000_000:.2f}亿"
    return f"{yuan / 10_000:.0f}万" if yuan >= 100_000 else f"{yuan / 10_000:.1f}万"
