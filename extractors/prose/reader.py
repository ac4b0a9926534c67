"""A section's paragraphs → statements, sentence by sentence.

The subject of a figure is named before it, or is the one that the text speaks of. A figure whose subject or role is not
plain is left unread: a missing fact is better than a wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.prose.amounts import AMOUNTS, NOTHING, Meaning, meaning_of, subject_of
from extractors.prose.arithmetic import Rounded, is_change_of
from extractors.prose.canonical import canonical
from extractors.prose.causes import cause_change
from extractors.prose.clauses import Span, segments, sentences, zone
from extractors.prose.figures import Figure, figures
from extractors.prose.naming import Naming, Subject
from extractors.prose.paragraphs import Paragraph
from extractors.prose.roles import Reading, against, compares_with_last_year, levels, reading_of, without_comparison
from extractors.prose.statements import Seen, Statement
from extractors.prose.surroundings import of_revenue, whose
from extractors.prose.topic import Topic
from schemas.records import Kind, StatedFact

CHANGE_SUFFIX = {
    "last_year": "",
    "initial_budget": "/比年初预算",
    "full_year_budget": "/比全年预算",
    "budget": "/比预算",
}
"""How the name of a change tells what it is measured against, where that is not last year."""
SENTENCE_END = ("。", "；", "：", "，")
"""A paragraph that ends otherwise can be the label of a chart: a per cent in it says nothing by itself."""
ALSO_COUNTED = frozenset({"", "累计", "共", "共计"})
"""Said before a count, these leave it with what was counted just before: 2批次、26人次."""

_PLANNED = "安排购置"
_DIRECTION_NEXT = r"相比|（|[增减下上提降升持]"
"""What follows last year's sum in a comparison."""

Read = Statement | Seen


def read_section(paragraphs: Sequence[Paragraph], naming: Naming, kind: Kind, title: str = "") -> Iterator[Read]:
    """Read what the figures of a section of a paper of `kind` say, in order; those not understood as `Seen`.

    Its `title` can name what it speaks of: （一）因公出国（境）经费 above 2026年预算安排7.05万元.
    """
    topic = Topic()
    if (headed := naming.headed_subject(canonical(title))) is not None:
        topic.announce(headed, alone=True)
    for paragraph in paragraphs:
        topic.enter_paragraph(numbered=bool(paragraph.ordinal))
        done: list[Statement] = []
        for span in sentences(paragraph.canonical):
            sentence = _Sentence(paragraph, span, topic, naming, kind, done, title)
            yield from sentence.read()


@dataclass(slots=True)
class _Sentence:
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

    def read(self) -> Iterator[Read]:
        """Read each figure and each 持平 of the sentence in turn."""
        self.topic.enter_sentence(self.text)
        events: list[Figure | Span] = [*figures(self.text), *self._levels()]
        for event in sorted(events, key=lambda event: event.start):
            if event.start < self.since:
                continue
            self._follow_brackets(event.start)
            read = self._figure(event) if isinstance(event, Figure) else self._level(event)
            if read is not None:
                self._remember(read)
                yield read
            self.since = event.end
        if not events:
            self._announce()

    def _follow_brackets(self, end: int) -> None:
        """Go back to what was spoken of before a bracket that opened right after its figure, where that closes."""
        for place in range(self.since, end):
            if self.text[place] == "（":
                self.brackets.append(self.topic.current if place == self.since else None)
            elif self.text[place] == "）" and self.brackets:
                self.topic.current = self.brackets.pop() or self.topic.current

    def _remember(self, read: Read) -> None:
        if isinstance(read, Seen):
            self.topic.lose()
            return
        self.done.append(read)
        if not read.aside:
            self.topic.speak_of(read.subject, changed=read.fact.startswith("change"))

    def _levels(self) -> Iterator[Span]:
        for start, end, base in levels(self.text):
            if compares_with_last_year(base, self.naming.year):
                yield Span(start, end)

    def _announce(self) -> None:
        """Note an item named without a figure: 2．法院（款）行政运行（项）。 and the heading （一）公共安全（类）."""
        phrase = self.text[self.since :].rstrip("。：")
        subject = self.naming.item(phrase, self.topic.outer)
        if subject is None and self.paragraph.ordinal and self.span.start == 0:
            subject = self.naming.headed_subject(phrase)
        if subject is not None:
            self.topic.announce(subject, alone=len(self.text) == len(self.paragraph.text))

    def _figure(self, figure: Figure) -> Read | None:
        context = self._context(figure.start)
        if figure.kind == "torn":
            return self._unread("prose_figure_unread", figure)
        if figure.kind == "percent" and context == "（" and self._beside_change():
            return self._in_bracket(figure)
        if figure.kind == "count":
            return self._count(figure, context)
        kind_of_text, told_from = zone(self.text[self.plain_from : figure.start])
        if kind_of_text == "cause" and not self._resumes(figure, context):
            return self._cause(figure, max(self.plain_from + told_from, self.since))
        reading = reading_of(context, "percent" if figure.kind == "bare" else figure.kind, self.naming.year)
        if kind_of_text == "use" and self._tells_use(reading):
            self.topic.lose()
            return None
        return self._stated(figure, _after_use(reading) if kind_of_text == "use" else reading, context)

    def _context(self, end: int) -> str:
        """Give the words since the figure before, without a remark in brackets right after that."""
        return re.sub(r"^(?:（[^（）]*）|。?）)", "", self.text[self.since : end]) if self.since else self.text[:end]

    def _in_bracket(self, figure: Figure) -> Statement:
        """较上年减少51.42万元（75.65%）: the same change in per cent."""
        change = self.done[-1]
        sign = -1 if change.value < 0 else 1
        read = self._statement(
            change.subject, "change_percent", sign * figure.value, figure, half_step=figure.half_step
        )
        return replace(read, suffix=change.suffix, aside=change.aside)

    def _stated(self, figure: Figure, reading: Reading, context: str) -> Read | None:
        if reading.sign:
            subject = subject_of(reading, context, self.topic, self.naming, revenue=self._of_revenue(figure))
            own = [s for s in self.done if s.place.start >= self.span.start and s.fact in AMOUNTS and not s.suffix]
            meant = whose(subject, reading, figure, own, self.text[figure.end :]) if subject else None
            return self._change(figure, reading, meant)
        label = not reading.fact and not self.paragraph.canonical.endswith(SENTENCE_END)
        return None if label or figure.kind == "bare" else self._amount(figure, reading, context)

    def _of_revenue(self, figure: Figure) -> bool:
        return of_revenue(self.paragraph.canonical[: self.span.start + figure.start], self.title)

    def _listed(self, figure: Figure) -> bool:
        """Whether the figure's words are an item of a list: right after an ordinal, or a 、 behind another sum."""
        before = self.text[self.since : figure.start]
        first = self.since == len(self.paragraph.ordinal) > 0 and self.span.start == 0
        return (first or (before.startswith("、") and bool(self.done))) and "，" not in before

    def _resumes(self, figure: Figure, context: str) -> bool:
        """Whether a known subject's sum after a semicolon ends the cause: …无车辆；公务用车运行费0万元."""
        *_, last = segments(context, "；")
        if "；" not in context or figure.kind != "money" or self.naming.money_subject(last, self.topic.outer) is None:
            return False
        self.plain_from = figure.start - len(last)
        return True

    def _tells_use(self, reading: Reading) -> bool:
        """Whether a figure after 用于 tells what for, and is not the subject's own change or share once more."""
        last = without_comparison(segments(reading.said)[-1])
        item = self.naming.money_subject(last, self.topic.outer) if "用于" in last else None
        if item is not None and item.code:
            return False  # 用于教育事业的彩票公益金支出 is a 科目
        return reading.fact in ("total", "stated_budget", "") or not self.naming.says_one_of(last, NOTHING)

    def _amount(self, figure: Figure, reading: Reading, context: str) -> Read | None:
        meaning = meaning_of(reading, self.kind, self.naming.year, beside_final="决算" in self.text[figure.end :])
        subject = None
        if context == "、" and reading.fact == "total" and self._beside_count():
            subject = self.topic.counted  # 购置车辆0辆、0万元
        elif meaning is not None:
            revenue, listed = self._of_revenue(figure), self._listed(figure)
            subject = subject_of(reading, context, self.topic, self.naming, revenue=revenue, listed=listed)
        if meaning is None or subject is None or self._without_direction(figure, meaning, context):
            return self._unread("prose_figure_unread", figure)
        subject = self.topic.scoped(self.topic.of_fund(subject) if self.naming.of_whole_paper else subject)
        return self._statement(
            subject,
            meaning.fact,
            figure.value,
            figure,
            suffix=meaning.suffix,
            base=reading.base,
            half_step=figure.half_step,
        )

    def _without_direction(self, figure: Figure, meaning: Meaning, context: str) -> bool:
        """Whether a sum stands as last year's in a comparison that names no direction next: 比上年1.43万元，增加."""
        compared = meaning.suffix.startswith("/上年") and re.search(r"[比较](?:上|去|20)[^，；。]*$", context)
        return bool(compared) and not re.match(_DIRECTION_NEXT, self.text[figure.end :])

    def _change(self, figure: Figure, reading: Reading, subject: Subject | None) -> Read:
        compared = self._against(figure)
        if subject is None or compared is None:
            return self._unread("prose_figure_unread", figure)
        if figure.value < 0:
            return self._unread("prose_negative_with_direction", figure)
        sign = self._sign_of_either(subject) if reading.either and figure.value else reading.sign
        if not sign:
            return self._unread("prose_alternative_left_standing", figure)
        if figure.kind == "bare" and not self._proven(subject, sign, figure):
            return self._unread("prose_figure_unread", figure)
        fact: StatedFact = "change_yuan" if figure.kind == "money" else "change_percent"
        suffix = CHANGE_SUFFIX[compared]
        return self._statement(subject, fact, sign * figure.value, figure, suffix=suffix, half_step=figure.half_step)

    def _against(self, figure: Figure) -> str | None:
        """Tell what the last comparison is with; where the sentence has none, its paragraph may say last year."""
        own = against(self.text[: figure.start], self.naming.year)
        if own is not None:
            return None if own == "unknown" else own
        earlier = against(self.paragraph.canonical[: self.span.start], self.naming.year)
        return "last_year" if earlier in (None, "last_year") else None

    def _sign_of_either(self, subject: Subject) -> int:
        """下降（增长）27.78%: the direction of the same subject's change in yuan in this paragraph, 0 without one."""
        change = next((s.value for s in reversed(self.done) if _is(s, subject, "change_yuan")), Decimal(0))
        return (change > 0) - (change < 0)

    def _proven(self, subject: Subject, sign: int, figure: Figure) -> bool:
        """增长13.95。 is per cent only where the amount and its change say so."""
        change = next((s for s in reversed(self.done) if _is(s, subject, "change_yuan")), None)
        now = next((s for s in reversed(self.done) if _is(s, subject, "total") or _is(s, subject, "final")), None)
        if change is None or now is None:
            return False
        percent = Rounded(sign * figure.value, figure.half_step)
        return is_change_of(percent, change.rounded, now.rounded) is True

    def _cause(self, figure: Figure, told_from: int) -> Read | None:
        phrase = self.text[told_from : figure.start]
        reading = reading_of(phrase, figure.kind, self.naming.year)
        if figure.kind == "percent" and reading.sign and not reading.said.strip("，") and self._beside_change():
            return _aside(self._change(figure, reading, self.done[-1].subject))
        told = cause_change(phrase, self.naming, revenue=self._of_revenue(figure)) if figure.kind == "money" else None
        if told is None:
            return None
        subject, sign = told
        return _aside(self._change(figure, Reading("change_yuan", "", sign), subject))

    def _beside_change(self) -> bool:
        """Whether the figure just before was read as a change in yuan."""
        before = self.done[-1] if self.done else None
        return before is not None and before.fact == "change_yuan" and before.place.end == self.span.start + self.since

    def _level(self, span: Span) -> Read | None:
        before = self._context(span.start)
        kind_of_text, _ = zone(self.text[self.plain_from : span.start])
        reading = Reading("change_yuan", before)
        if kind_of_text == "cause" or (kind_of_text == "use" and self._tells_use(reading)):
            return None
        subject = subject_of(_after_use(reading) if kind_of_text == "use" else reading, before, self.topic, self.naming)
        if subject is None:
            return self._unread("prose_figure_unread", span)
        return self._statement(subject, "change_yuan", Decimal(0), span)

    def _count(self, figure: Figure, context: str) -> Read | None:
        if zone(self.text[: figure.start])[0] == "cause":
            return None
        if "；" in context:
            self.topic.group = None
        *_, phrase = segments(context, "，；：。、")
        found = self.naming.counted_subject(phrase, figure.unit, self.text[figure.end :])
        again = self.naming.says_one_of(phrase, ALSO_COUNTED) and self._beside_count()
        if found is not None and figure.unit != self.topic.group_unit:
            self.topic.group = None
        counted = self._in_group(self._planned(found.subject, figure)) if found else None
        subject = counted or (self.topic.counted if again else None)
        if subject is None:
            return None
        self.topic.counted = subject
        if found is not None and found.heads:
            self.topic.group, self.topic.group_unit = found.subject, figure.unit
        return self._statement(subject, "count", figure.value, figure)

    def _planned(self, subject: Subject, figure: Figure) -> Subject:
        """Name machines as bought where the sentence tells of purchases planned: 计划购置车辆0辆；单价…设备0台."""
        planned = subject.as_said and re.search(r"(?:安排|计划|拟)购置", self.text[: figure.start])
        return replace(subject, name=_PLANNED + subject.name.removeprefix(_PLANNED)) if planned else subject

    def _in_group(self, subject: Subject) -> Subject:
        group = self.topic.group
        return Subject(f"{group.name}/{subject.name}", as_said=subject.as_said) if group else subject

    def _beside_count(self) -> bool:
        before = self.done[-1] if self.done else None
        return before is not None and before.fact == "count" and before.place.end == self.span.start + self.since

    def _statement(
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
        place = Span(self.span.start + at.start, self.span.start + at.end)
        unit = "%" if fact.endswith("_percent") else "元"
        if isinstance(at, Figure) and fact == "count":
            unit = at.unit
        return Statement(subject, fact, value, half_step, unit, self.paragraph, place, suffix, base)

    def _unread(self, code: str, at: Figure | Span) -> Seen:
        return Seen(code, self.paragraph, Span(self.span.start + at.start, self.span.start + at.end))


def _after_use(reading: Reading) -> Reading:
    """主要用于培训，比上年: what was told of the use is not what the change is of."""
    return replace(reading, said=segments(reading.said)[-1])


def _aside(read: Read) -> Read:
    return replace(read, aside=True) if isinstance(read, Statement) else read


def _is(statement: Statement, subject: Subject, fact: StatedFact) -> bool:
    return statement.fact == fact and statement.subject.name == subject.name
