"""The shapes of the wording files; a key that is not known here is refused on load."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

RoleFact = Literal[
    "initial_budget",
    "full_year_budget",
    "previous_year",
    "previous_year_executed",
    "stated_budget",
    "final",
    "difference",
    "completion_percent",
    "share_percent",
]
"""What the words before a figure make of it; some end as another fact, under a longer name."""

Against = Literal["last_year", "initial_budget", "full_year_budget", "budget"]
"""What a change is measured against."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern.replace("{last}", "2023").replace("{this}", "2024").replace("{verbs}", "增加"))
    except re.error as error:
        raise ValueError(f"{pattern!r} is no pattern: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
"""A regular expression over canonical text; `{last}` and `{this}` stand for last year and the paper's own."""


class _Wording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, strict=False)


class Comparison(_Wording):
    """The words of a comparison and what they compare with."""

    against: Against
    said: Pattern


class Role(_Wording):
    """What the end of the text before a figure makes of a figure of this kind."""

    fact: RoleFact
    kind: Literal["money", "percent"]
    said: Pattern


class Phrases(_Wording):
    """`phrases.yaml`."""

    up: tuple[str, ...]
    down: tuple[str, ...]
    level: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    vague: tuple[str, ...]
    causes: tuple[Pattern, ...]
    uses: tuple[Pattern, ...]
    parts: tuple[Pattern, ...]
    comparisons: tuple[Comparison, ...]
    roles: tuple[Role, ...]
    prefixes: tuple[Pattern, ...]
    suffixes: tuple[Pattern, ...]
    free_name: Pattern
    listed_name: Pattern
    not_in_listed_name: Pattern
    not_in_free_name: Pattern


class MoneySubject(_Wording):
    """Something that sums of money are stated of; `spans` allows its wording to run over commas.

    `bare` is a wording that can also mean revenue (一般公共预算拨款): where the words before speak of that, the name is
    `as_revenue`.
    """

    name: str = Field(min_length=1)
    said: Pattern = ""
    spans: bool = False
    bare: Pattern = ""
    as_revenue: str = ""

    @property
    def wording(self) -> str:
        """The pattern of what is said: the name itself where nothing else is given."""
        said = self.said or re.escape(self.name)
        return f"{said}|{self.bare}" if self.bare else said


class Qualifier(_Wording):
    """Words before a subject that narrow it: 上年结转的一般公共预算收入 is 一般公共预算收入/上年结转."""

    name: str = Field(min_length=1)
    said: Pattern
    of: Pattern = ".*"


class CountedSubject(_Wording):
    """Something that is counted, in one of `units`; its wording stands before the figure or `after` the unit.

    Without a name it goes by its printed words. One that `heads` gives its name to the parts counted after it;
    `costs` is what 支出 right behind it is of: 公务接待24批次，支出2万元.
    """

    name: str = ""
    said: Pattern = ""
    after: Pattern = ""
    units: tuple[str, ...] = Field(min_length=1)
    heads: bool = False
    costs: str = ""

    @property
    def wording(self) -> str:
        """The pattern of what is said before the figure, '' where it is said after it."""
        return self.said or ("" if self.after else re.escape(self.name))

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.name or self.said):
            raise ValueError("a counted subject needs a name or a wording")
        return self


class Subjects(_Wording):
    """`subjects.yaml`."""

    money: tuple[MoneySubject, ...]
    qualifiers: tuple[Qualifier, ...] = ()
    money_of_the_counted: Pattern
    counts: tuple[CountedSubject, ...]


class Template(_Wording):
    """A wording that is wrong by itself: its finding, its pattern (`{verbs}` are words of direction), what is right.

    `accounts` keeps it to the sections that explain figures.
    """

    finding: str = Field(min_length=1)
    said: Pattern
    right: str = Field(min_length=1)
    accounts: bool = False


class Whole(_Wording):
    """An amount and the parts that make it up."""

    whole: str = Field(min_length=1)
    parts: tuple[str, ...] = Field(min_length=2)


class Words(_Wording):
    """`words.yaml`; a pair is an opening and a closing mark."""

    templates: tuple[Template, ...]
    pairs: tuple[Annotated[str, Field(min_length=2, max_length=2)], ...]
    said_once: tuple[str, ...]
    said_often: tuple[str, ...]
    wholes: tuple[Whole, ...]


class FormTitle(_Wording):
    """A heading's wording and the forms that it may speak of."""

    title: Pattern
    forms: tuple[str, ...] = Field(min_length=1)


class Sections(_Wording):
    """`sections.yaml`."""

    begins: tuple[Pattern, ...]
    ends: tuple[Pattern, ...]
    interrupts: tuple[Pattern, ...]
    evaluations: tuple[Pattern, ...]
    organisation: Pattern
    forms: tuple[FormTitle, ...]
