"""Changes against the amounts that they lead from and to, and against each other."""

from collections.abc import Iterator, Sequence

from extractors.prose.arithmetic import Rounded, is_change_of, is_percentage_of
from extractors.prose.clauses import clause_at
from extractors.prose.statements import Seen, Statement
from extractors.prose.words.telling import (
    AMOUNTS,
    LAST_YEAR,
    amounts_beside,
    found,
    in_print,
    last_of,
    per_cent,
    rounded,
)

WHOLE = 100
"""Nothing falls by more per cent."""


def change_found(change: Statement, before: Sequence[Statement]) -> Iterator[Seen]:
    """Find what is wrong with a change in yuan or per cent, by what its paragraph says before it."""
    if change.fact == "change_percent" and change.value < -WHOLE:
        yield found("prose_change_not_recomputed", change, "降幅不能超过100%")
    elif change.fact == "change_percent":
        against_yuan = list(_against_yuan(change, before))
        yield from against_yuan or _against_amounts(change, before)
    elif change.fact == "change_yuan":
        yield from _difference(change, before)


def _against_yuan(percent: Statement, before: Sequence[Statement]) -> Iterator[Seen]:
    change, now = last_of(before, percent, ("change_yuan",)), last_of(before, percent, AMOUNTS)
    if change is None or change.suffix != percent.suffix or change.paragraph is not percent.paragraph:
        return
    if change.value * percent.value < 0:
        yield found("prose_direction_contradicted", percent, f"与{in_print(change.value, change)}的方向一致")
    elif now is not None and is_change_of(percent.rounded, change.rounded, now.rounded) is False:
        earlier = now.value - change.value
        right = f"据两数为{rounded(100 * change.value / earlier, percent)}%" if earlier else ""
        yield found("prose_change_not_recomputed", percent, right)


def _against_amounts(percent: Statement, before: Sequence[Statement]) -> Iterator[Seen]:
    """Hold a change in per cent against this year's amounts and last year's."""
    last = _last_year(percent, before)
    now = list(amounts_beside(before, percent))
    if last is None or not now:
        return
    ratio = Rounded(percent.value + 100, percent.half_step)
    verdicts = [is_percentage_of(ratio, amount.rounded, last.rounded) for amount in now]
    if False in verdicts and True not in verdicts:
        opposite = Rounded(100 - percent.value, percent.half_step)
        turned = any(is_percentage_of(opposite, amount.rounded, last.rounded) for amount in now)
        code = "prose_direction_contradicted" if turned else "prose_change_not_recomputed"
        yield found(code, percent, f"据两数为{per_cent(percent, now[-1], last, less=100)}")


def _difference(change: Statement, before: Sequence[Statement]) -> Iterator[Seen]:
    """Hold a change in yuan, or 持平, against this year's amounts less last year's."""
    last = _last_year(change, before)
    now = list(amounts_beside(before, change))
    if last is None or not now:
        return
    off = [abs(amount.value - last.value - change.value) for amount in now]
    allowed = [amount.half_step + last.half_step + change.half_step for amount in now]
    if all(by > most for by, most in zip(off, allowed, strict=True)):
        difference = now[-1].value - last.value
        code = "prose_direction_contradicted" if difference * change.value <= 0 else "prose_change_not_recomputed"
        yield found(code, change, f"据两数为{in_print(difference, now[-1])}")


def _last_year(change: Statement, before: Sequence[Statement]) -> Statement | None:
    """Find last year's amount that a change is measured against, in its paragraph and of the kind that it names."""
    own = (s for s in reversed(before) if s.paragraph is change.paragraph and s.subject == change.subject)
    last = next((s for s in own if s.fact == "total" and s.suffix in LAST_YEAR and s.aside == change.aside), None)
    if last is None or change.suffix:
        return None
    text = change.paragraph.canonical
    clause = clause_at(text, change.place.start, change.place.end)
    said = text[clause.start : change.place.end]
    executed = last.suffix == LAST_YEAR[1]
    return None if ("预算" in said and "执行" not in said and executed) or ("执行" in said and not executed) else last
