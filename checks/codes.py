"""The tree that codes of 3, 5 and 7 digits make, as far as a paper prints its levels."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping


def forest(codes: Collection[str]) -> Mapping[str | None, tuple[str, ...]]:
    """Put each code under the nearest printed one that it begins with, or under None: parent → children, in order."""
    children: dict[str | None, list[str]] = defaultdict(list)
    for code in codes:
        children[_nearest_above(code, codes)].append(code)
    return {parent: tuple(own) for parent, own in children.items()}


def under(codes: Iterable[str], prefixes: Collection[str], *, outside: bool = False) -> tuple[str, ...]:
    """Keep the codes that begin with one of `prefixes`, or with `outside` those that begin with none."""
    return tuple(code for code in codes if code.startswith(tuple(prefixes)) is not outside)


def _nearest_above(code: str, codes: Collection[str]) -> str | None:
    return next((code[:length] for length in range(len(code) - 2, 2, -2) if code[:length] in codes), None)
