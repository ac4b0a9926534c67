"""One sentence while it is read: its text, what is spoken of, what was stated so far, and what was stated last."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.prose.canonical import canonical
from extractors.prose.clauses import Span, sentence_at
from extractors.prose.figures import Figure, figures
from extractors.prose.naming import Naming, Subject
from extractors.prose.paragraphs import Paragraph
from extractors.prose.roles import years_named
from extractors.prose.statements import Seen, Statement
from extractors.prose.surroundings import of_revenue
from extractors.prose.topic import Topic
from schemas.records import Kind, StatedFact

Read = Statement | Seen
_LISTS_PARTS = re.compile(r"其中|包括")
_INLINE_ORDINAL = re.compile(r"[，；：、]（\d{1,2}）[^，；：。]*$")
_IS_PARTS = re.compile(r"[（，]?(?:其中|包括)")


@dataclass(slots=True)
class Sentence:
    """One sentence while it is read; `done` are the statements of its paragraph so far, places count within `text`."""

    paragraph: Paragraph
    span: Span
    topic: Topic
    naming: Naming
    kind: Kind
    done: list[Statement]
    title: str = ""
    text: str = field(init=False)
    brackets: list[Subject | None] = field(default_factory=list)
    since: int = 0
    plain_from: int = 0

    def __post_init__(self) -> None:
        self.text = self.paragraph.canonical[self.span.start : self.span.end]
        self.since = 0 if self.span.start else len(self.paragraph.ordinal)

    def context(self, end: int) -> str:
        """Give the words since the figure before, without a remark in brackets right after that."""
        return re.sub(r"^(?:（[^（）]*）|。?）)", "", self.text[self.since : end]) if self.since else self.text[:end]

    def year_of_whole(self, figure: Figure) -> int | None:
        """The year that a figure without one of its own is of: that of the whole whose part it is, or the title's."""
        before = self.paragraph.canonical[: self.span.start + figure.start]
        opened = [match.start() for match in _LISTS_PARTS.finditer(before)]
        if opened and (opened[-1] >= self.span.start or _IS_PARTS.match(self.text)):
            head = before[sentence_at(before, max(opened[-1] - 1, 0)).start : opened[-1]]
            first = next((each.start for each in figures(head)), len(head))
            if said := years_named(head[:first]):
                return said[-1]
        titled = years_named(canonical(self.title))
        return titled[0] if len(titled) == 1 else None

    def of_revenue(self, figure: Figure) -> bool:
        """Whether what stands before a figure speaks of revenue last."""
        return of_revenue(self.paragraph.canonical[: self.span.start + figure.start], self.title)

    def is_listed(self, figure: Figure) -> bool:
        """Whether the figure's words are an item of a list: right after an ordinal, or a 、 behind another sum.

        An ordinal may stand within the sentence: 资产总额9万元，其中：（1）房屋5万元，（2）设备4万元.
        """
        before = self.text[self.since : figure.start]
        if _INLINE_ORDINAL.search(before):
            return True
        first = self.since == len(self.paragraph.ordinal) > 0 and self.span.start == 0
        return (first or (before.startswith("、") and bool(self.done))) and "，" not in before

    def beside_change(self) -> bool:
        """Whether the figure just before was read as a change in yuan."""
        before = self.done[-1] if self.done else None
        return before is not None and before.fact == "change_yuan" and before.place.end == self.span.start + self.since

    def beside_budget(self) -> Statement | None:
        """The budget that the figure just before was read as, if it was."""
        before = self.done[-1] if self.done else None
        is_budget = before is not None and (before.fact == "initial_budget" or before.suffix == "/全年预算")
        return before if is_budget and before and before.place.end == self.span.start + self.since else None

    def beside_count(self) -> bool:
        """Whether the figure just before was read as a count."""
        before = self.done[-1] if self.done else None
        return before is not None and before.fact == "count" and before.place.end == self.span.start + self.since

    def statement(
        self,
        subject: Subject,
        fact: StatedFact,
        value: Decimal,
        at: Figure | Span,
        *,
        half_step: Decimal = Decimal(0),
        suffix: str = "",
        base: str = "",
    ) -> Statement:
        """What a figure or a 持平 at a place of the sentence says; see `Statement` for what is given."""
        place = Span(self.span.start + at.start, self.span.start + at.end)
        unit = "%" if fact.endswith("_percent") else "元"
        if isinstance(at, Figure) and fact == "count":
            unit = at.unit
        return Statement(subject, fact, value, half_step, unit, self.paragraph, place, suffix, base)

    def unread(self, code: str, at: Figure | Span) -> Seen:
        """A place of the sentence that is no fact, and the finding that says so."""
        return Seen(code, self.paragraph, Span(self.span.start + at.start, self.span.start + at.end))
