"""Several figures drawn as one string over several cells: where one ends and the next begins.

Some producers print 174,900.64101,833.8441,534.73 across three cells. Where rules stand, figures are cut close by them;
where none do, by their two decimals. What may be one figure is never cut.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

NEAR = 0.6
"""A figure begins or ends within this share of the type size from the rule between it and the next."""
SHORTEST_PAIR = 6
"""Two figures that were drawn as one string have so many characters at least: 1.20.5."""
NUMERIC = frozenset("0123456789０１２３４５６７８９.,，．-－")
"""What a number is printed with; a run of these that overflows its cell stays together."""
_WHOLE = r"-?(?:\d{1,3}(?:,\d{3})+|(?:0|[1-9]\d*))"
_FIGURE = re.compile(r"-?(?!0\d+[.,])(?:\d{1,3}(?:,\d{3})+|\d+(?:,\d{3})?)(?:\.\d+)?|-+")
"""One figure: none with decimals or groups begins with 0 and another digit, as 0|50.23 does."""
_WITH_CENTS = re.compile(rf"{_WHOLE}\.\d{{2}}")
_KINDS = (_WITH_CENTS, re.compile(rf"{_WHOLE}(?:\.\d+)?"))


def may_be_cut(text: str) -> bool:
    """Whether a run of characters is figures, and not just one."""
    return len(text) >= SHORTEST_PAIR and NUMERIC.issuperset(text) and not _FIGURE.fullmatch(_bare(text))


def cuts_of(text: str, edges: Sequence[float], rules: Sequence[float], size: float) -> tuple[int, ...]:
    """Before which characters a run that may be cut is to be cut; none where nothing tells.

    `edges[k]` is the place between characters k and k + 1, `rules` are those that run through the run, in points;
    `size` is the type size.
    """
    bare = _bare(text)
    return _by_rules(bare, edges, rules, size) or _by_cents(bare)


def _bare(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _by_rules(text: str, edges: Sequence[float], rules: Sequence[float], size: float) -> tuple[int, ...]:
    """The cuts close by rules under which all parts are figures: of as many decimals each if that can be."""
    off = {at + 1: min(abs(edge - rule) for rule in rules) for at, edge in enumerate(edges) if rules}
    near = {cut: distance for cut, distance in off.items() if distance <= NEAR * size}
    return next((cuts for kind in _KINDS if (cuts := _nearest(text, near, kind))), ())


def _nearest(text: str, near: Mapping[int, float], kind: re.Pattern[str]) -> tuple[int, ...]:
    """The cuts, among those at some distance from a rule, with the least distances under which all parts are `kind`."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for end in (*sorted(near), len(text)):
        ways = [(d, cuts) for start, (d, cuts) in best.items() if start < end and kind.fullmatch(text, start, end)]
        if ways:
            distance, cuts = min(ways)
            best[end] = (distance, cuts) if end == len(text) else (distance + near[end], (*cuts, end))
    return best[len(text)][1] if len(text) in best else ()


def _by_cents(text: str) -> tuple[int, ...]:
    """The cuts of a run that is nothing but figures of two decimals, or none."""
    parts = list(_WITH_CENTS.finditer(text))
    whole = "".join(part.group() for part in parts) == text
    return tuple(part.end() for part in parts[:-1]) if whole else ()
