"""类, 款 and 项 named in words → the code they mean in the year's edition, although papers shorten and misquote them.

Nothing is guessed: a name is taken for another only by the rules of `_unlikeness`, and a path only where one code fits
better than all others.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from schemas.classifications import lookup, normalised_name
from schemas.classifications.year_names import YearNames, year_names

EDITABLE = 8
"""Names shorter than this differ from their neighbours by a character or two (高中教育, 高等教育): never amended."""
EDITS = 5
"""One character in so many may be amended in a longer name."""
OUTER = 3
"""The digits of a 类."""
SAME = 1
"""A name no further off than this is the code's own."""
UNLIKE = 99
"""A name this far off stands for something else."""

Path = tuple[str, ...]
"""Names from the outer to the inner, such as (公共安全支出, 法院, 行政运行)."""


def name_of(system: str, code: str, year: int) -> str | None:
    """Give the name of a code as it is compared, or None where the year's edition does not tell."""
    return year_names(system, year).names.get(code)


@lru_cache(maxsize=16_384)
def code_of_name(system: str, name: str, year: int) -> str | None:
    """Find the code of a name that stands alone: a 类, with or without its 支出, else the only code of that name."""
    edition, said = year_names(system, year), normalised_name(name)
    outer = [code for code, cost in _costs(said, "", edition) if cost <= SAME]
    exact = [code for code, known in edition.names.items() if known == said]
    fitting = outer or exact
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=4_096)
def is_shared_name(system: str, name: str, year: int) -> bool:
    """Whether several codes are called `name`, so that it does not tell which is meant."""
    said = normalised_name(name)
    return sum(known == said for known in year_names(system, year).names.values()) > 1


@lru_cache(maxsize=4_096)
def former_name(system: str, name: str, year: int, code: str | None = None) -> str | None:
    """Give today's name of the 类 that `name` was once, or will be, where it is no name of `year`'s edition.

    `code` is the one that is printed beside it, if any.
    """
    edition, said = year_names(system, year), normalised_name(name)
    spellings = {said, said + "支出", said.removesuffix("支出")}
    if any(known in spellings for own, known in edition.names.items() if len(own) == OUTER):
        return None
    bearers = [own for own in edition.below("") if spellings & edition.ever[own] and code in (None, own)]
    current = lookup(system, bearers[0], year) if len(bearers) == 1 else None
    return current.name if current else None


@lru_cache(maxsize=16_384)
def code_of_path(system: str, path: Path, outer: str | None, year: int, *, from_top: bool = True) -> str | None:
    """Find the code that a path of names means.

    `outer` is the code under whose heading the path stands; `from_top` tells that its first name may be a 类.
    """
    said = tuple(map(normalised_name, path))
    edition = year_names(system, year)
    starts = ([""] if from_top else []) + ([outer, outer[:3]] if outer else [])
    found = next((code for start in starts if (code := _best(said, start, edition))), None)
    return found if found or outer else _only_one(said, edition)


def _best(said: Path, start: str, edition: YearNames) -> str | None:
    """Find the one code under `start` whose names from there on are least unlike `said`."""
    reached = {start: 0}
    for name in said:
        reached = {
            code: so_far + cost for parent, so_far in reached.items() for code, cost in _costs(name, parent, edition)
        }
    code = _least(reached)
    return _by_innermost(said, edition) if code is None and len(said) == 3 and not start else code


def _by_innermost(said: Path, edition: YearNames) -> str | None:
    """Find, where the 款 is misquoted, the only 项 of exactly that name under the 类."""
    outer = _least(dict(_costs(said[0], "", edition)))
    names = edition.names.items() if outer else ()
    inner = [code for code, name in names if len(code) == 7 and code.startswith(outer or "") and name == said[2]]
    return inner[0] if len(inner) == 1 else None


def _only_one(said: Path, edition: YearNames) -> str | None:
    """Find, for 款 and 项 or one of them without a 类, the only code with exactly these names."""
    fitting = [code for code in edition.names if len(code) > 3 and _ends_in(code, said, edition)]
    return fitting[0] if len(fitting) == 1 else None


def _ends_in(code: str, said: Path, edition: YearNames) -> bool:
    return all(edition.names.get(code[: len(code) - 2 * up]) == name for up, name in enumerate(reversed(said)))


def _least(costs: Mapping[str, int]) -> str | None:
    """Take the code that costs least, where no other costs as little."""
    ranked = sorted(costs.items(), key=lambda pair: pair[1])
    if not ranked or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]


def _costs(said: str, parent: str, edition: YearNames) -> list[tuple[str, int]]:
    """Give the codes under `parent` that `said` can stand for, each with how far it is from the code's name.

    0 the same; 1 a name that the code bore in another edition, or 支出 added or left out; from 2 on a misquotation. A
    name that another code beside it has borne is no misquotation.
    """
    beside = edition.below(parent)
    bearers = {code for code in beside if said in edition.ever[code]}
    costs = ((code, _unlikeness(said, edition.names[code], bearers, code)) for code in beside)
    return [(code, cost) for code, cost in costs if cost < UNLIKE]


def _unlikeness(said: str, name: str, bearers: Collection[str], code: str) -> int:
    if said == name:
        return 0
    if code in bearers or said + "支出" == name or said == name + "支出":
        return SAME
    return UNLIKE if bearers else _misquotation(said, name)


def _misquotation(said: str, name: str) -> int:
    """Tell how `said` may stand for `name`.

    2 the same characters in another order, or its beginning; 3 its characters with some left out; 4 a few amended in a
    long name.
    """
    half = 2 * len(said) >= len(name)
    if (len(said) == len(name) and sorted(said) == sorted(name)) or (half and name.startswith(said)):
        return 2
    if half and _shortened(said, name):
        return 3
    if min(len(said), len(name)) >= EDITABLE and Levenshtein.distance(said, name) <= len(name) // EDITS:
        return 4
    return UNLIKE


def _shortened(said: str, name: str) -> bool:
    """Whether `said` is `name` with characters left out."""
    rest = iter(name)
    return all(character in rest for character in said)
