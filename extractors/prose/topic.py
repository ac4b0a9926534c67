"""What the text speaks of while it is read: which subject a figure without a name of its own belongs to."""

import re
from dataclasses import dataclass, field, replace

from extractors.prose.naming import Subject

_LISTS_PARTS = re.compile(r"其中|包括")
_SUM = re.compile(r"\d(?:千|万|亿)?元")
_IS_PARTS = re.compile(r"[（，]?(?:其中|包括)")

_OF_FUND = {("一般公共预算财政拨款支出", part): f"一般公共预算财政拨款{part}" for part in ("基本支出", "项目支出")} | {
    ("财政拨款支出", part): f"财政拨款{part}" for part in ("基本支出", "项目支出")
}


@dataclass(slots=True)
class Topic:
    """The subject spoken of, the one last counted, the group whose parts are counted, the code that items stand under.

    A sentence that names one subject hands it to the next; one that lists parts (其中) hands on its first, or what was
    spoken of before where it is parts alone; one that names several otherwise hands on none.
    """

    current: Subject | None = None
    counted: Subject | None = None
    costs: Subject | None = None
    group: Subject | None = None
    group_unit: str = ""
    outer: str | None = None
    announced: bool = False
    scope: str = ""
    _before: Subject | None = None
    _head: Subject | None = None
    _named: list[Subject] = field(default_factory=list)
    _text: str = ""
    _changed: bool = False

    @property
    def in_sentence(self) -> bool:
        """Whether the sentence has spoken of something before this place."""
        return bool(self._named)

    def enter_paragraph(self, *, numbered: bool) -> None:
        """Begin a paragraph: a numbered one speaks of what it names itself; what a heading announced is kept."""
        self.enter_sentence("")
        self._before = None
        self.counted = self.costs = self.group = None
        if numbered and not self.announced:
            self.current = self._head = None
        self.announced = False

    def enter_sentence(self, text: str) -> None:
        """Begin a sentence of canonical `text`."""
        if self._named:
            self.current = self._head = self._handed_on()
        self.scope = ""
        if self._named:
            self._before = self._named[-1]
        if self._named or text:
            self._named, self._text, self._changed = [], text, False

    def scoped(self, subject: Subject) -> Subject:
        """Narrow a part as its whole was: after 一般公共预算政府采购, 货物 is that of 政府采购/一般公共预算."""
        base = self.scope.partition("/")[0]
        if not base or subject.name == self.scope or not subject.name.startswith(base + "/"):
            return subject
        return replace(subject, name=self.scope + subject.name.removeprefix(base))

    def whole_of_parts(self, before: str) -> Subject | None:
        """What the parts listed by 其中 in the sentence up to a figure, `before`, are of; without a name where lost."""
        if not _LISTS_PARTS.search(before):
            return None
        return self._head if _IS_PARTS.match(self._text) else next(iter(self._named), None)

    def of_fund(self, subject: Subject) -> Subject:
        """Narrow 其中：基本支出 right behind a sentence on one budget's expenditure to what that budget pays."""
        narrowed = _OF_FUND.get((self._before.name if self._before else "", subject.name))
        return replace(subject, name=narrowed) if narrowed and _IS_PARTS.match(self._text) else subject

    def _handed_on(self) -> Subject | None:
        first = self._named[0] if self._named[0].name else None
        if _IS_PARTS.match(self._text) or self._lists_first():
            return (
                None if self._changed else self._head
            )  # after parts with changes of their own it can be the last one's
        if len({subject.name for subject in self._named}) == 1 or _LISTS_PARTS.search(self._text):
            return first
        return None

    def _lists_first(self) -> bool:
        """Whether the sentence lists parts before it states any sum: 按功能分类，包括教育支出5万元."""
        listed, sum_ = _LISTS_PARTS.search(self._text), _SUM.search(self._text)
        return listed is not None and sum_ is not None and listed.start() < sum_.start()

    def announce(self, subject: Subject, *, alone: bool) -> None:
        """Note a subject named without a figure; `alone` in its paragraph, items stand under its code."""
        self.current = self._head = subject
        self.announced = alone
        if alone and subject.outer:
            self.outer = subject.outer

    def lose(self) -> None:
        """Note that a figure was passed over: what follows it without a name may be about it."""
        self.current = None
        self._named.append(Subject(""))

    def speak_of(self, subject: Subject, *, changed: bool = False) -> None:
        """Note that a figure of `subject` was read, and whether it was a change."""
        self._changed = self._changed or changed
        self.current = subject
        self._named.append(subject)
        if subject.outer:
            self.outer = subject.outer
        if subject.qualified:
            self.scope = subject.name
