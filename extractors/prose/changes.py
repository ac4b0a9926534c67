"""Changes: a figure with a direction, against what it is measured, and those told as causes."""

from dataclasses import replace
from decimal import Decimal

from extractors.prose.arithmetic import Rounded, is_change_of
from extractors.prose.causes import cause_change
from extractors.prose.figures import Figure
from extractors.prose.naming import Subject
from extractors.prose.roles import Reading, against, reading_of
from extractors.prose.sentence import Read, Sentence
from extractors.prose.statements import Statement
from schemas.records import StatedFact

CHANGE_SUFFIX = {
    "last_year": "",
    "initial_budget": "/比年初预算",
    "full_year_budget": "/比全年预算",
    "budget": "/比预算",
}
"""How the name of a change tells what it is measured against, where that is not last year."""


EXCEEDED = {
    "年初": "initial_budget",
    "全年": "full_year_budget",
    "调整": "full_year_budget",
    "调整后": "full_year_budget",
} | {"预算": "budget"}
"""What 大于年初预算数 measures against, by the word for the budget."""


def change_in_bracket(sentence: Sentence, figure: Figure) -> Statement:
    """较上年减少51.42万元（75.65%）: the same change in per cent."""
    change = sentence.done[-1]
    sign = -1 if change.value < 0 else 1
    read = sentence.statement(change.subject, "change_percent", sign * figure.value, figure, half_step=figure.half_step)
    return replace(read, suffix=change.suffix, aside=change.aside)


def change_of(sentence: Sentence, figure: Figure, reading: Reading, subject: Subject | None) -> Read:
    """What a figure with a direction says of its subject; unread where subject, comparison or direction is unclear."""
    compared = EXCEEDED[reading.base] if reading.base else _against(sentence, figure)
    if subject is None or compared is None:
        return sentence.unread("prose_figure_unread", figure)
    if figure.value < 0:
        return sentence.unread("prose_negative_with_direction", figure)
    sign = _sign_of_either(sentence, subject) if reading.either and figure.value else reading.sign
    if not sign:
        return sentence.unread("prose_alternative_left_standing", figure)
    if figure.kind == "bare" and not _proven(sentence, subject, sign, figure):
        return sentence.unread("prose_figure_unread", figure)
    fact: StatedFact = "change_yuan" if figure.kind == "money" else "change_percent"
    suffix = CHANGE_SUFFIX[compared]
    return sentence.statement(subject, fact, sign * figure.value, figure, suffix=suffix, half_step=figure.half_step)


def _against(sentence: Sentence, figure: Figure) -> str | None:
    """Tell what the last comparison is with; where the sentence has none, its paragraph may say last year."""
    own = against(sentence.text[: figure.start], sentence.naming.year)
    if own is not None:
        return None if own == "unknown" else own
    earlier = against(sentence.paragraph.canonical[: sentence.span.start], sentence.naming.year)
    return "last_year" if earlier in (None, "last_year") else None


def _sign_of_either(sentence: Sentence, subject: Subject) -> int:
    """下降（增长）27.78%: the direction of the same subject's change in yuan in this paragraph, 0 without one."""
    change = next((s.value for s in reversed(sentence.done) if _is(s, subject, "change_yuan")), Decimal(0))
    return (change > 0) - (change < 0)


def _proven(sentence: Sentence, subject: Subject, sign: int, figure: Figure) -> bool:
    """增长13.95。 is per cent only where the amount and its change say so."""
    change = next((s for s in reversed(sentence.done) if _is(s, subject, "change_yuan")), None)
    now = next((s for s in reversed(sentence.done) if _is(s, subject, "total") or _is(s, subject, "final")), None)
    if change is None or now is None:
        return False
    percent = Rounded(sign * figure.value, figure.half_step)
    return is_change_of(percent, change.rounded, now.rounded) is True


def difference(sentence: Sentence, figure: Figure) -> Read:
    """差值为0.9万元 behind a final amount and its budget: their difference, where it is; unread otherwise."""
    subject = sentence.topic.current
    own = [s for s in sentence.done if subject is not None and s.subject == subject]
    now = next((s for s in reversed(own) if s.fact in {"total", "final"} and not s.suffix), None)
    budget = next((s for s in reversed(own) if s.fact == "initial_budget"), None)
    if subject is None or now is None or budget is None:
        return sentence.unread("prose_figure_unread", figure)
    apart = now.value - budget.value
    if abs(abs(apart) - figure.value) > now.half_step + budget.half_step + figure.half_step:
        return sentence.unread("prose_figure_unread", figure)
    value = figure.value if apart >= 0 else -figure.value
    suffix = CHANGE_SUFFIX["initial_budget"]
    return sentence.statement(subject, "change_yuan", value, figure, suffix=suffix, half_step=figure.half_step)


def change_of_cause(sentence: Sentence, figure: Figure, told_from: int) -> Read | None:
    """What a figure tells as the cause of something else, aside; None where it is no change of a known subject."""
    phrase = sentence.text[told_from : figure.start]
    reading = reading_of(phrase, figure.kind, sentence.naming.year)
    if figure.kind == "percent" and reading.sign and not reading.said.strip("，") and sentence.beside_change():
        return _aside(change_of(sentence, figure, reading, sentence.done[-1].subject))
    if figure.kind != "money":
        return None
    told = cause_change(phrase, sentence.naming, revenue=sentence.of_revenue(figure))
    if told is None:
        return None
    subject, sign = told
    return _aside(change_of(sentence, figure, Reading("change_yuan", "", sign), subject))


def _aside(read: Read) -> Read:
    return replace(read, aside=True) if isinstance(read, Statement) else read


def _is(statement: Statement, subject: Subject, fact: StatedFact) -> bool:
    return statement.fact == fact and statement.subject.name == subject.name
