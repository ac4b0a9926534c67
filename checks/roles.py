"""Which of a form's fixed rows a row is, by the name it goes by and, where a name repeats, by where it stands."""

from collections.abc import Mapping, Sequence

from schemas.identities import HalfRows
from schemas.wording import plain, without_ordinal

DEPARTMENT = "{department}"


def roles(fixed: HalfRows | None, department: str, rows: Sequence[tuple[int, str | None]]) -> tuple[str | None, ...]:
    """Name the role of each (line, name); a row without a name, or with one that the form does not fix, has None."""
    if fixed is None:
        return (None,) * len(rows)
    own = plain(department)
    labels = [(line, plain(without_ordinal(name)) if name else "") for line, name in rows]
    named = [
        (line, fixed.roles_named(DEPARTMENT if label == own else label) if label else ()) for line, label in labels
    ]
    landmarks = {role: line for line, candidates in reversed(named) if (role := _anywhere(fixed, candidates))}
    return tuple(_standing(fixed, line, candidates, landmarks) for line, candidates in named)


def _anywhere(fixed: HalfRows, candidates: Sequence[str]) -> str | None:
    """Name the role that a name has wherever it stands."""
    return next((role for role in candidates if not fixed.rows[role].below), None)


def _standing(fixed: HalfRows, line: int, candidates: Sequence[str], landmarks: Mapping[str, int]) -> str | None:
    """Name the role that a name has on this line: one that needs a row above it comes first where that row is there."""
    for role in candidates:
        above = next((landmarks[name] for name in fixed.rows[role].below if name in landmarks), None)
        if above is not None and above < line:
            return role
    return _anywhere(fixed, candidates)
