"""What an entry of the catalogue of duties may say. Unknown keys are refused, and so is a name that nothing bears."""

import re
from fnmatch import fnmatchcase
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from schemas.identities.models import Strict
from schemas.identities.papers import FormName, Pattern, compiles
from schemas.records import Kind

Phrase = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z0-9]+)*$")]
Patterns = tuple[Pattern, ...]
WHAT = "{what}"


def _names_what(pattern: str) -> str:
    if WHAT not in pattern:
        raise ValueError(f"{pattern!r} does not say of what: {WHAT}")
    return compiles(pattern.replace(WHAT, "(?:x)")) and pattern


AboutWhat = Annotated[str, AfterValidator(_names_what)]


class Wording(Strict):
    """The same in Chinese and in English."""

    zh: Phrase
    en: Phrase


class Source(Strict):
    """A rule that duties come from; see sources.yaml for the keys."""

    title: Wording
    from_year: int
    departments: Pattern = ".*"
    not_for: Pattern | None = None
    cover: Pattern = ""
    gradual: bool = False

    def binds(self, department: str, year: int, cover: str) -> bool:
        """Whether a department's paper for a year, with this on its cover, must have what the rule asks for."""
        if re.search(self.cover, cover) is None:
            return False
        excepted = self.not_for is not None and re.fullmatch(self.not_for, department) is not None
        applies = year >= self.from_year and re.fullmatch(self.departments, department) is not None
        return applies and not excepted and not self.gradual


class Cited(Strict):
    """A rule, and the words or the place in it."""

    source: Name
    clause: Phrase | None = None


class BySection(Strict):
    """Answered by a heading with text under it, by a sentence or by a stated figure.

    `none` is the thing of which a paper may say that it has none. `elsewhere` are words beside which nobody can say
    that the thing is absent, however little was understood. Sentences that tell what a term means are no sentences of
    the year and count only where `terms` are what is asked for.
    """

    by: Literal["section"]
    headings: Patterns = ()
    sentences: Patterns = ()
    facts: tuple[Phrase, ...] = ()
    none: Patterns = ()
    elsewhere: Patterns = Field(min_length=1)
    terms: bool = False


class ByForm(Strict):
    """Answered by a printed form, one of several that stand for one another.

    `titles` are patterns of its titles: where one stands anywhere in the paper, the form is not called absent.
    """

    by: Literal["form"]
    any_of: tuple[FormName, ...] = Field(min_length=1)
    titles: Patterns = Field(min_length=1)
    none: Patterns = ()


class ByDepth(Strict):
    """Answered by the codes of a form: whether one has as many digits as the rule asks for."""

    by: Literal["depth"]
    any_of: tuple[FormName, ...] = Field(min_length=1)
    system: Literal["function", "economic"]
    digits: int = Field(ge=3)


class ByParts(Strict):
    """Answered by the headings and labels of a form: each of `parts` fits one."""

    by: Literal["parts"]
    any_of: tuple[FormName, ...] = Field(min_length=1)
    parts: Patterns = Field(min_length=1)


class ByCheck(Strict):
    """Answered by checks of that name: not met where one fails."""

    by: Literal["check"]
    checks: tuple[Phrase, ...] = Field(min_length=1)


class ByDate(Strict):
    """Answered by the day of publication and the day of the approval that the paper prints."""

    by: Literal["date"]
    days: int = Field(gt=0)


class ByPlace(Strict):
    """Answered by what stands on the first pages: a cover, a list of contents."""

    by: Literal["cover", "contents"]


Answer = Annotated[BySection | ByForm | ByDepth | ByParts | ByCheck | ByDate | ByPlace, Field(discriminator="by")]


class Faults(Strict):
    """Which findings and checks speak of a duty, as patterns with `*`; `check|subject` for one subject alone."""

    findings: tuple[Phrase, ...] = ()
    checks: tuple[Phrase, ...] = ()

    def names_finding(self, code: str) -> bool:
        """Whether a finding of that name is about the duty."""
        return any(fnmatchcase(code, pattern) for pattern in self.findings)

    def names_check(self, check_id: str, subject: str) -> bool:
        """Whether a check is about the duty."""
        return any(fnmatchcase(f"{check_id}|{subject}" if "|" in each else check_id, each) for each in self.checks)


class Duty(Strict):
    """One thing that a paper must have, who says so, and what answers whether it has it."""

    id: Name
    title: Wording
    item: Phrase
    kinds: tuple[Kind, ...] = ("budget", "final_accounts")
    from_year: int = 0
    not_for: Pattern | None = None
    sources: tuple[Cited, ...] = Field(min_length=1)
    answer: Answer
    faults: Faults = Faults()


class Sheet(Strict):
    """The reviewer's sheet: its title and its items; `otherwise` takes the faults that no duty names.

    `ours` are findings about our reading, which are no faults of a paper.
    """

    title: Wording
    items: tuple[Phrase, ...] = Field(min_length=1)
    otherwise: Phrase
    ours: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _otherwise_is_an_item(self) -> Self:
        if self.otherwise not in self.items:
            raise ValueError(f"{self.otherwise!r} is no item of the sheet")
        return self


class Words(Strict):
    """How headings are worded around what they are about; see wording.yaml."""

    contents: Pattern
    acting: Pattern
    tails: tuple[Phrase, ...]
    nothing: tuple[AboutWhat, ...]
    zero: tuple[AboutWhat, ...]


class Duties(Strict):
    """The whole catalogue."""

    sources: dict[Name, Source]
    sheet: Sheet
    words: Words
    duties: tuple[Duty, ...]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        ids = [duty.id for duty in self.duties]
        if twice := {each for each in ids if ids.count(each) > 1}:
            raise ValueError(f"duties that are there twice: {sorted(twice)}")
        for duty in self.duties:
            if unknown := {cited.source for cited in duty.sources} - self.sources.keys():
                raise ValueError(f"{duty.id} cites an unknown source: {sorted(unknown)}")
            if duty.item not in self.sheet.items:
                raise ValueError(f"{duty.id} belongs to no item of the sheet: {duty.item}")
        return self

    def __getitem__(self, duty: str) -> Duty:
        """The duty of that id. Raises `KeyError`."""
        found = next((each for each in self.duties if each.id == duty), None)
        if found is None:
            raise KeyError(duty)
        return found

    def binding(self, duty: Duty, department: str, year: int, cover: str) -> tuple[Cited, ...]:
        """The rules by which a department's paper for a year must meet a duty; none where it need not.

        `cover` is the plain text of its first page.
        """
        if duty.not_for is not None and re.fullmatch(duty.not_for, department):
            return ()
        return tuple(cited for cited in duty.sources if self.sources[cited.source].binds(department, year, cover))

    def of_finding(self, code: str) -> tuple[Duty, ...]:
        """The duties that a finding of that name speaks of."""
        if code in self.sheet.ours:
            return ()
        return tuple(duty for duty in self.duties if duty.faults.names_finding(code))

    def of_check(self, check_id: str, subject: str) -> tuple[Duty, ...]:
        """The duties that a check speaks of."""
        return tuple(duty for duty in self.duties if duty.faults.names_check(check_id, subject))
