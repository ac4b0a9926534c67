"""A section's paragraphs → statements, sentence by sentence.

The subject of a figure is named before it, or is the one that the text speaks of. A figure whose subject or role is not
plain is left unread: a missing fact is better than a wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.prose.amounts import AMOUNTS, NOTHING, Meaning, meaning_of, subject_of
from extractors.prose.canonical import canonical
from extractors.prose.changes import change_in_bracket, change_of, change_of_cause, difference
from extractors.prose.clauses import Span, segments, sentences, zone
from extractors.prose.counts import count_of
from extractors.prose.figures import Figure, figures
from extractors.prose.naming import Naming, Subject
from extractors.prose.paragraphs import Paragraph
from extractors.prose.roles import Reading, compares_with_last_year, levels, reading_of, without_comparison
from extractors.prose.sentence import Read, Sentence
from extractors.prose.statements import Seen, Statement
from extractors.prose.surroundings import whose
from extractors.prose.topic import Topic
from schemas.records import Kind

SENTENCE_END = ("。", "；", "：", "，")
"""A paragraph that ends otherwise can be the label of a chart: a per cent in it says nothing by itself."""
_DIRECTION_NEXT = r"相比|（|[增减下上提降升持]"
"""What follows last year's sum in a comparison."""


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
            yield from _read(Sentence(paragraph, span, topic, naming, kind, done, title))


def _read(sentence: Sentence) -> Iterator[Read]:
    """Read each figure and each 持平 of the sentence in turn."""
    sentence.topic.enter_sentence(sentence.text)
    events: list[Figure | Span] = [*figures(sentence.text), *_levels(sentence)]
    for event in sorted(events, key=lambda event: event.start):
        if event.start < sentence.since:
            continue
        _follow_brackets(sentence, event.start)
        read = _figure(sentence, event) if isinstance(event, Figure) else _level(sentence, event)
        if read is not None:
            _remember(sentence, read)
            yield read
        sentence.since = event.end
    if not events:
        _announce(sentence)


def _follow_brackets(sentence: Sentence, end: int) -> None:
    """Go back to what was spoken of before a bracket that opened right after its figure, where that closes."""
    for place in range(sentence.since, end):
        if sentence.text[place] == "（":
            sentence.brackets.append(sentence.topic.current if place == sentence.since else None)
        elif sentence.text[place] == "）" and sentence.brackets:
            sentence.topic.current = sentence.brackets.pop() or sentence.topic.current


def _remember(sentence: Sentence, read: Read) -> None:
    if isinstance(read, Seen):
        sentence.topic.lose()
        return
    sentence.done.append(read)
    if not read.aside:
        sentence.topic.speak_of(read.subject, changed=read.fact.startswith("change"))


def _levels(sentence: Sentence) -> Iterator[Span]:
    for start, end, base in levels(sentence.text):
        if compares_with_last_year(base, sentence.naming.year):
            yield Span(start, end)


def _announce(sentence: Sentence) -> None:
    """Note an item named without a figure: 2．法院（款）行政运行（项）。 and the heading （一）公共安全（类）."""
    phrase = sentence.text[sentence.since :].rstrip("。：")
    subject = sentence.naming.item(phrase, sentence.topic.outer)
    if subject is None and sentence.paragraph.ordinal and sentence.span.start == 0:
        subject = sentence.naming.headed_subject(phrase)
    if subject is not None:
        sentence.topic.announce(subject, alone=len(sentence.text) == len(sentence.paragraph.text))


def _figure(sentence: Sentence, figure: Figure) -> Read | None:
    context = sentence.context(figure.start)
    if figure.kind == "torn":
        return sentence.unread("prose_figure_unread", figure)
    if figure.kind == "percent" and (beside := _of_figure_before(sentence, figure, context)) is not None:
        return beside
    if figure.kind == "count":
        return count_of(sentence, figure, context)
    kind_of_text, told_from = zone(sentence.text[sentence.plain_from : figure.start])
    if kind_of_text == "cause" and not _resumes(sentence, figure, context):
        return change_of_cause(sentence, figure, max(sentence.plain_from + told_from, sentence.since))
    reading = reading_of(context, "percent" if figure.kind == "bare" else figure.kind, sentence.naming.year)
    if kind_of_text == "use" and _tells_use(sentence, reading):
        sentence.topic.lose()
        return None
    return _stated(sentence, figure, _after_use(reading) if kind_of_text == "use" else reading, context)


def _of_figure_before(sentence: Sentence, figure: Figure, context: str) -> Statement | None:
    """A per cent that belongs to the sum right before it: 减少1万元（5%）, 完成预算27万元的63.2%."""
    if context == "（" and sentence.beside_change():
        return change_in_bracket(sentence, figure)
    budget = sentence.beside_budget() if context == "的" else None
    if budget is None:
        return None
    return sentence.statement(budget.subject, "completion_percent", figure.value, figure, half_step=figure.half_step)


def _stated(sentence: Sentence, figure: Figure, reading: Reading, context: str) -> Read | None:
    if reading.sign:
        subject = subject_of(reading, context, sentence.topic, sentence.naming, revenue=sentence.of_revenue(figure))
        own = [s for s in sentence.done if s.place.start >= sentence.span.start and s.fact in AMOUNTS and not s.suffix]
        meant = whose(subject, reading, figure, own, sentence.text[figure.end :]) if subject else None
        return change_of(sentence, figure, reading, meant)
    if reading.fact == "difference":
        return difference(sentence, figure)
    label = not reading.fact and not sentence.paragraph.canonical.endswith(SENTENCE_END)
    return None if label or figure.kind == "bare" else _amount(sentence, figure, reading, context)


def _resumes(sentence: Sentence, figure: Figure, context: str) -> bool:
    """Whether a known subject's sum after a semicolon ends the cause: …无车辆；公务用车运行费0万元."""
    *_, last = segments(context, "；")
    if (
        "；" not in context
        or figure.kind != "money"
        or sentence.naming.money_subject(last, sentence.topic.outer) is None
    ):
        return False
    sentence.plain_from = figure.start - len(last)
    return True


def _tells_use(sentence: Sentence, reading: Reading) -> bool:
    """Whether a figure after 用于 tells what for, and is not the subject's own change or share once more."""
    last = without_comparison(segments(reading.said)[-1])
    item = sentence.naming.money_subject(last, sentence.topic.outer) if "用于" in last else None
    if item is not None and item.code:
        return False  # 用于教育事业的彩票公益金支出 is a 科目
    return reading.fact in ("total", "stated_budget", "") or not sentence.naming.says_one_of(last, NOTHING)


def _amount(sentence: Sentence, figure: Figure, reading: Reading, context: str) -> Read | None:
    meaning = meaning_of(
        reading,
        sentence.kind,
        sentence.naming.year,
        beside_final="决算" in sentence.text[figure.end :],
        of_whole=sentence.year_of_whole(figure),
    )
    subject = None
    if context == "、" and reading.fact == "total" and sentence.beside_count():
        subject = sentence.topic.counted  # 购置车辆0辆、0万元
    elif meaning is not None:
        revenue, listed = sentence.of_revenue(figure), sentence.is_listed(figure)
        subject = subject_of(reading, context, sentence.topic, sentence.naming, revenue=revenue, listed=listed)
    subject = _of_item(sentence, figure, subject) if subject else None
    if meaning is None or subject is None or _without_direction(sentence, figure, meaning, context):
        return sentence.unread("prose_figure_unread", figure)
    subject = sentence.topic.scoped(sentence.topic.of_fund(subject) if sentence.naming.of_whole_paper else subject)
    return sentence.statement(
        subject,
        meaning.fact,
        figure.value,
        figure,
        suffix=meaning.suffix,
        base=reading.base,
        half_step=figure.half_step,
    )


def _of_item(sentence: Sentence, figure: Figure, subject: Subject) -> Subject | None:
    """Narrow 其中：基本支出 behind the sum of a 科目 to what is spent on it so; None where that was not understood."""
    whole = sentence.topic.whole_of_parts(sentence.text[: figure.start])
    if whole is None or subject.is_item or subject.as_said:
        return subject
    if not whole.name:
        first = next(figures(sentence.text)).start
        return subject if sentence.naming.says_one_of(segments(sentence.text[:first])[-1], NOTHING) else None
    return replace(subject, name=f"{whole.name}/{subject.name}") if whole.is_item else subject


def _without_direction(sentence: Sentence, figure: Figure, meaning: Meaning, context: str) -> bool:
    """Whether a sum stands as last year's in a comparison that names no direction next: 比上年1.43万元，增加."""
    compared = meaning.suffix.startswith("/上年") and re.search(r"[比较](?:上|去|20)[^，；。]*$", context)
    return bool(compared) and not re.match(_DIRECTION_NEXT, sentence.text[figure.end :])


def _level(sentence: Sentence, span: Span) -> Read | None:
    before = sentence.context(span.start)
    kind_of_text, _ = zone(sentence.text[sentence.plain_from : span.start])
    reading = Reading("change_yuan", before)
    if kind_of_text == "cause" or (kind_of_text == "use" and _tells_use(sentence, reading)):
        return None
    subject = subject_of(
        _after_use(reading) if kind_of_text == "use" else reading, before, sentence.topic, sentence.naming
    )
    if subject is None:
        return sentence.unread("prose_figure_unread", span)
    return sentence.statement(subject, "change_yuan", Decimal(0), span)


def _after_use(reading: Reading) -> Reading:
    """主要用于培训，比上年: what was told of the use is not what the change is of."""
    return replace(reading, said=segments(reading.said)[-1])
