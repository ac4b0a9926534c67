"""类, 款 and 项 named in words → the code they mean in the year's edition, although papers shorten and misquote them.

Nothing is guessed: a name is taken for another only by the rules of `_unlikeness`, and a path only where one code fits
better than all others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from schemas.classifications import entries, lookup, normalised_name

EDITABLE = 8
"""Names shorter than this differ from their neighbours by a character or two (高中教育, 高等教育): never amended."""
EDITS = 5
"""One character in so many may be amended in a longer name."""
UNLIKE = 99

Path = tuple[str, ...]
"""Names from the outer to the inner, such as (公共安全支出, 法院, 行政运行)."""


@dataclass(frozen=True, slots=True)
class _Edition:
    """The codes in force in a year, and every name that each has borne in any edition."""

    names: Mapping[str, str]
    ever: Mapping[str, frozenset[str]]

    def below(self, parent: str) -> list[str]:
        """Give the codes one level under `parent`; those of three digits under ''."""
        length = len(parent) + 2 if parent else 3
        return [code for code in self.names if len(code) == length and code.startswith(parent)]


def name_of(system: str, code: str, year: int) -> str | None:
    """Give the name of a code as it is compared, or None where the year's edition does not tell."""
    return _edition(system, year).names.get(code)


@lru_cache(maxsize=16_384)
def code_of_name(system: str, name: str, year: int) -> str | None:
    """Find the code of a name that stands alone: a 类, with or without its 支出, else the only code of that name."""
    edition, said = _edition(system, year), normalised_name(name)
    outer = [code for code in edition.below("") if _unlikeness(said, code, edition, ()) <= 1]
    exact = [code for code, known in edition.names.items() if known == said]
    fitting = outer or exact
    return fitting[0] if len(fitting) == 1 else None


def code_of_path(system: str, path: Path, outer: str | None, year: int, *, from_top: bool = True) -> str | None:
    """Find the code that a path of names means.

    `outer` is the code under whose heading the path stands; `from_top` tells that its first name may be a 类.
    """
    said = tuple(map(normalised_name, path))
    edition = _edition(system, year)
    starts = ([""] if from_top else []) + ([outer, outer[:3]] if outer else [])
    found = next((code for start in starts if (code := _best(said, start, edition))), None)
    return found if found or outer else _only_one(said, edition)


def _best(said: Path, start: str, edition: _Edition) -> str | None:
    """Find the one code under `start` whose names from there on are least unlike `said`."""
    costs = {start: 0}
    for name in said:
        costs = {
            code: cost + _unlikeness(name, code, edition, known)
            for parent, cost in costs.items()
            for code, known in _with_known_names(edition.below(parent), edition)
        }
    code = _least(costs, UNLIKE - 1)
    if code is None and len(said) == 3 and not start:
        code = _by_innermost(said, edition)
    return code


def _by_innermost(said: Path, edition: _Edition) -> str | None:
    """Find, where the 款 is misquoted, the only 项 of exactly that name under the 类."""
    outer = _least({c: _unlikeness(said[0], c, edition, ()) for c in edition.below("")}, UNLIKE - 1)
    if outer is None:
        return None
    inner = [
        code for code, name in edition.names.items() if len(code) == 7 and code.startswith(outer) and name == said[2]
    ]
    return inner[0] if len(inner) == 1 else None


def _only_one(said: Path, edition: _Edition) -> str | None:
    """Find, for 款 and 项 or one of them without a 类, the only code with exactly these names."""
    fitting = [code for code in edition.names if len(code) > 3 and _ends_in(code, said, edition)]
    return fitting[0] if len(fitting) == 1 else None


def _ends_in(code: str, said: Path, edition: _Edition) -> bool:
    return all(edition.names.get(code[: len(code) - 2 * up]) == name for up, name in enumerate(reversed(said)))


def _least(costs: Mapping[str, int], limit: int) -> str | None:
    ranked = sorted(costs.items(), key=lambda pair: pair[1])
    if not ranked or ranked[0][1] > limit:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[1][1] > ranked[0][1] else None


def _with_known_names(codes: Iterable[str], edition: _Edition) -> list[tuple[str, Collection[str]]]:
    """Give each code with the names that the others beside it have ever borne: such a name is theirs, not misquoted."""
    beside = list(codes)
    return [(c, {name for other in beside if other != c for name in edition.ever[other]}) for c in beside]


def _unlikeness(said: str, code: str, edition: _Edition, others: Collection[str]) -> int:
    """Tell how far `said` is from the name of `code`.

    0 the same; 1 a name that the code bore in another edition, or 支出 added or left out; from 2 on, `_misquotation`.
    """
    name = edition.names[code]
    if said == name:
        return 0
    if said in edition.ever[code] or said + "支出" == name or said == name + "支出":
        return 1
    return UNLIKE if said in others else _misquotation(said, name)


def _misquotation(said: str, name: str) -> int:
    """Tell how `said` may stand for `name`.

    2 the same characters in another order, or its beginning; 3 its characters with some left out; 4 a few amended in a
    long name.
    """
    half = 2 * len(said) >= len(name)
    if Counter(said) == Counter(name) or (half and name.startswith(said)):
        return 2
    if half and _shortened(said, name):
        return 3
    if min(len(said), len(name)) >= EDITABLE and _edits(said, name) <= len(name) // EDITS:
        return 4
    return UNLIKE


def _shortened(said: str, name: str) -> bool:
    """Whether `said` is `name` with characters left out."""
    rest = iter(name)
    return all(character in rest for character in said)


def _edits(one: str, other: str) -> int:
    """Count the amendments that make `other` of `one` (Levenshtein's distance)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


@cache
def _edition(system: str, year: int) -> _Edition:
    ever: dict[str, set[str]] = {}
    for entry in entries(system):
        ever.setdefault(entry.code, set()).add(normalised_name(entry.name))
    in_force = ((code, lookup(system, code, year)) for code in ever)
    names = {code: normalised_name(entry.name) for code, entry in in_force if entry}
    return _Edition(names, {code: frozenset(borne) for code, borne in ever.items()})
