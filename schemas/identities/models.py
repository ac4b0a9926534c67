"""What an entry of the catalogue may say. Unknown keys are refused, and so is a name that nothing bears.

A half is written `form/side`, or `form` alone where the form is one-sided. The measure `whole` stands for the figure of
the year that a half prints first among `total`, `amount`, `final` and `budget`; `each` for every measure in turn.
"""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from schemas.dataset import dataset
from schemas.records import Kind
from schemas.wording import plain

Relation = Literal["equal", "at_most"]
WHOLE = ("total", "amount", "final", "budget")
BUILT_IN_ROWS = frozenset({"tops"})


def _half(text: str) -> str:
    form, _, side = text.partition("/")
    if form not in dataset().terms("form") or (side and side not in dataset().terms("side")):
        raise ValueError(f"no form or half is called {text!r}")
    return text


def _measure(text: str) -> str:
    if text.lstrip("-") not in {"whole", "each", *dataset().terms("measure")}:
        raise ValueError(f"no measure is called {text!r}")
    return text


Half = Annotated[str, AfterValidator(_half)]
Measure = Annotated[str, AfterValidator(_measure)]
Phrase = Annotated[str, Field(min_length=1)]
Names = tuple[Phrase, ...]
Alternatives = dict[str, tuple[Names, ...]]


class Strict(BaseModel):
    """A part of the catalogue: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FixedRow(Strict):
    """A row that a form fixes, and the names it goes by; see rows.yaml for the keys."""

    names: Annotated[tuple[str, ...], AfterValidator(lambda names: tuple(map(plain, names)))]
    part_of: str | None = None
    within: str | None = None
    below: Names = ()
    repeats: bool = False
    many: bool = False


class HalfRows(Strict):
    """The fixed rows of some halves, the sets they are summed in, and the set of all other rows."""

    halves: tuple[Half, ...]
    rows: dict[str, FixedRow]
    sets: dict[str, Names] = {}
    first_printed: Alternatives = {}
    rest: str | None = None

    @property
    def known(self) -> frozenset[str]:
        """Every name that a selector of one of these halves may use."""
        rest = {self.rest} if self.rest else set()
        return frozenset(self.rows) | frozenset(self.sets) | frozenset(self.first_printed) | rest | BUILT_IN_ROWS

    @cached_property
    def _exact(self) -> dict[str, Names]:
        named: dict[str, list[str]] = {}
        for role, row in self.rows.items():
            for name in row.names:
                named.setdefault(name, []).append(role)
        return {name: tuple(own) for name, own in named.items()}

    @cached_property
    def _patterns(self) -> tuple[tuple[str, str], ...]:
        every = ((name, role) for role, row in self.rows.items() for name in row.names)
        return tuple((name[:-1], role) for name, role in every if name.endswith("*"))

    def roles_named(self, label: str) -> Names:
        """Find the roles whose names a plain label fits, exact names before patterns."""
        fitting = (role for start, role in self._patterns if label.startswith(start))
        return tuple(dict.fromkeys((*self._exact.get(label, ()), *fitting)))

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        used = [name for row in self.rows.values() for name in (*row.below, row.part_of, row.within) if name]
        used += [name for members in self.sets.values() for name in members]
        used += [name for ways in self.first_printed.values() for way in ways for name in way]
        if unknown := {name.removeprefix("-") for name in used} - self.known:
            raise ValueError(f"{self.halves[0]}: no row or set is called {', '.join(sorted(unknown))}")
        return self


class Selector(Strict):
    """Amounts of one half: its rows by role, or by code, in one measure."""

    half: Half
    rows: Names = ()
    codes: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    not_under: tuple[str, ...] = ()
    measure: Measure = "whole"


class CodedSelector(Strict):
    """All rows of one half that have a code, or are a unit's own."""

    half: Half
    measure: Measure = "whole"


class Condition(Strict):
    """What a half must print: rows that are printed or blank (or 0), measures that it has or lacks."""

    half: Half
    printed: Names = ()
    blank: Names = ()
    has: tuple[Measure, ...] = ()
    lacks: tuple[Measure, ...] = ()


class Title(Strict):
    """What the identity is called."""

    zh: Phrase
    en: Phrase


class _Identity(Strict):
    """What every identity says: its name, why it holds, for which papers; all of `where` must be met.

    One that does not accuse can fail for another reason than an error; it proves all the same.
    """

    id: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$")]
    title: Title
    why: Phrase
    relation: Relation = "equal"
    kinds: tuple[Kind, ...] = ("final_accounts", "budget")
    from_year: int = 0
    where: tuple[Condition, ...] = ()
    accuses: bool = True


class Structural(Strict):
    """What a form's own rows and columns demand of one another; the id of its checks is `<form>.<name>`.

    In `name` and `title` `{whole}` stands for the measure that the columns divide.
    """

    name: Annotated[str, Field(pattern=r"^[a-z_]+(?:\{whole\})?$")]
    title: Title
    why: Phrase


class OtherCheck(Strict):
    """A check that is no identity between printed amounts; `touches_status` see other_checks.yaml."""

    id: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$")]
    title: Title
    why: Phrase
    touches_status: bool = False


class RowIdentity(_Identity):
    """Within each row of a half: signed measures on the left against those on the right."""

    kind: Literal["row"]
    half: Half
    left: tuple[Measure, ...]
    right: tuple[Measure, ...]
    needs: tuple[Measure, ...] = ()

    @property
    def halves(self) -> tuple[str, ...]:
        """The halves it reads."""
        return (self.half,)


class BalanceIdentity(_Identity):
    """The selected amounts of the left against those of the right, of one form or of several."""

    kind: Literal["balance"]
    left: tuple[Selector, ...]
    right: tuple[Selector, ...]

    @property
    def halves(self) -> tuple[str, ...]:
        """The halves it reads."""
        return tuple(dict.fromkeys(selector.half for selector in (*self.left, *self.right)))


class ByCodeIdentity(_Identity):
    """Code by code, and the total: one half against the sum of others.

    `printed` compares the codes of the levels that both sides print, `class` the 类, adding what is printed under it.
    `relation` at_most turns into equal where all of `equal_where` holds.
    """

    kind: Literal["by_code"]
    level: Literal["printed", "class"] = "printed"
    measures: tuple[Measure, ...] = ()
    left: CodedSelector
    right: tuple[CodedSelector, ...]
    equal_where: tuple[Condition, ...] = ()

    @property
    def halves(self) -> tuple[str, ...]:
        """The halves it reads."""
        return tuple(dict.fromkeys(selector.half for selector in (self.left, *self.right)))


class ByUnitIdentity(_Identity):
    """Unit by unit, by what its own row prints: one half against another."""

    kind: Literal["by_unit"]
    left: CodedSelector
    right: CodedSelector

    @property
    def halves(self) -> tuple[str, ...]:
        """The halves it reads."""
        return (self.left.half, self.right.half)


Identity = Annotated[
    RowIdentity | BalanceIdentity | ByCodeIdentity | ByUnitIdentity,
    Field(discriminator="kind"),
]
