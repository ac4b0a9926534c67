"""Whether the prose agrees with itself: per cents with their parts, directions with each other and with the budgets.

All amounts are taken as what was printed, within half of the last printed place. Where a figure can be checked against
several, it is found wrong only if it agrees with none of them: the words do not always tell which was meant.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.prose.arithmetic import Rounded, is_change_of, is_percentage_of
from extractors.prose.clauses import Span
from extractors.prose.naming import Naming, Subject
from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen, Statement
from schemas.prose import phrases
from schemas.records import StatedFact

AMOUNTS: tuple[StatedFact, ...] = ("total", "final")


def inconsistent(section: Sequence[Statement], paper: Sequence[Statement], naming: Naming) -> Iterator[Seen]:
    """Find what in a section's statements disagrees; `paper` are the statements of the whole prose."""
    for index, statement in enumerate(section):
        before = section[:index]
        if statement.fact == "share_percent" and _share_holds(statement, before, paper, naming) is False:
            yield _found("prose_share_not_recomputed", statement)
        elif statement.fact == "completion_percent" and _completion_holds(statement, before) is False:
            yield _found("prose_completion_not_recomputed", statement)
        elif statement.fact == "change_percent":
            yield from _change_found(statement, before)


def against_words(paragraph: Paragraph, statements: Sequence[Statement]) -> Iterator[Seen]:
    """Where a paragraph calls its final amounts larger or smaller than the budget, and no pair of them is so.

    `statements` are the paragraph's own; those that stand after the words are not asked.
    """
    for match in _compared().finditer(paragraph.canonical):
        place = Span(match.start(), match.end())
        pairs = list(_final_and_budget([s for s in statements if s.place.end <= place.start], match["which"] or ""))
        if pairs and not any(_stand_as_said(final, budget, match) for final, budget in pairs):
            yield Seen("prose_direction_contradicted", paragraph, place)


def _share_holds(
    share: Statement, before: Sequence[Statement], paper: Sequence[Statement], naming: Naming
) -> bool | None:
    """Whether an amount that the share can be of gives it: the one named (总支出 can mean less) or one before it."""
    part = _last(before, share, AMOUNTS)
    if part is None:
        return None
    named = naming.money_subject(share.base) if share.base else None
    if share.base and not any(named and s.fact in AMOUNTS and s.name == named.name for s in paper):
        return None
    wholes = [s for s in (*paper, *before) if s.fact in AMOUNTS and s is not part and _may_be_whole(s, named, before)]
    return _any(is_percentage_of(share.rounded, part.rounded, whole.rounded) for whole in wholes)


def _may_be_whole(amount: Statement, named: Subject | None, before: Sequence[Statement]) -> bool:
    return (named is not None and amount.name == named.name) or any(amount is other for other in before)


def _completion_holds(completion: Statement, before: Sequence[Statement]) -> bool | None:
    own = [s for s in before if s.subject.name == completion.subject.name and s.paragraph is completion.paragraph]
    finals = [s for s in own if s.fact == "final"]
    budgets = [s for s in own if _is_budget(s)]
    return _any(is_percentage_of(completion.rounded, f.rounded, b.rounded) for f in finals for b in budgets)


def _change_found(percent: Statement, before: Sequence[Statement]) -> Iterator[Seen]:
    change, now = _last(before, percent, ("change_yuan",)), _last(before, percent, AMOUNTS)
    if change is None or change.suffix != percent.suffix or change.paragraph is not percent.paragraph:
        return
    if change.value * percent.value < 0:
        yield _found("prose_direction_contradicted", percent)
    elif now is not None and is_change_of(percent.rounded, change.rounded, now.rounded) is False:
        yield _found("prose_change_not_recomputed", percent)


def _last(before: Sequence[Statement], like: Statement, facts: Sequence[StatedFact]) -> Statement | None:
    """Find the last of `facts` of the same subject as `like`."""
    plain = (s for s in reversed(before) if s.fact in facts and s.subject.name == like.subject.name)
    return next((s for s in plain if s.aside == like.aside and s.suffix in ("", like.suffix)), None)


def _is_budget(statement: Statement) -> bool:
    return statement.fact == "initial_budget" or statement.suffix == "/全年预算"


def _final_and_budget(statements: Sequence[Statement], which: str) -> Iterator[tuple[Rounded, Rounded]]:
    """Pair final amount and budget of each subject that has both; `which` budget is meant, where the words say."""
    for final in statements:
        for budget in statements if final.fact == "final" else ():
            meant = budget.suffix == "/全年预算" if which == "全年" else _is_budget(budget)
            if meant and budget.subject == final.subject:
                yield final.rounded, budget.rounded


def _stand_as_said(final: Rounded, budget: Rounded, match: re.Match[str]) -> bool:
    if match["above"]:
        return final.high > budget.low
    if match["below"]:
        return final.low < budget.high
    return final.high >= budget.low and final.low <= budget.high


def _any(verdicts: Iterator[bool | None]) -> bool | None:
    """Tell whether one of `verdicts` is true; None where none of them tells."""
    told = [verdict for verdict in verdicts if verdict is not None]
    return any(told) if told else None


@cache
def _compared() -> re.Pattern[str]:
    above, below, level = ("|".join(words) for words in (phrases().above, phrases().below, phrases().level))
    level_with = rf"[与同和](?=(?:年初|全年|调整)?预算数?(?:{level}))"
    return re.compile(
        rf"决算数?(?:(?P<above>{above})|(?P<below>{below})|{level_with})(?P<which>年初|全年|调整)?预算数?"
    )


def _found(code: str, statement: Statement) -> Seen:
    return Seen(code, statement.paragraph, statement.place)
