"""Whether the prose agrees with itself: per cents with their parts, directions with each other and with the budgets.

All amounts are taken as what was printed, within half of the last printed place. Where a figure can be checked against
several, it is found wrong only if it agrees with none of them: the words do not always tell which was meant.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from extractors.prose.arithmetic import Rounded, is_percentage_of
from extractors.prose.clauses import Span
from extractors.prose.naming import Naming, Subject
from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen, Statement
from extractors.prose.words.changes import change_found
from extractors.prose.words.telling import AMOUNTS, found, last_of, per_cent
from schemas.prose import phrases


def inconsistent(section: Sequence[Statement], paper: Sequence[Statement], naming: Naming) -> Iterator[Seen]:
    """Find what in a section's statements disagrees; `paper` are the statements of the whole prose."""
    for index, statement in enumerate(section):
        before = section[:index]
        if statement.fact == "share_percent":
            yield from _share_found(statement, index, section, paper, naming)
        elif statement.fact == "completion_percent":
            yield from _completion_found(statement, before)
        elif statement.fact in ("change_percent", "change_yuan"):
            yield from change_found(statement, before)


def against_words(paragraph: Paragraph, statements: Sequence[Statement]) -> Iterator[Seen]:
    """Where a paragraph calls its final amounts larger or smaller than the budget, and no pair of them is so.

    `statements` are the paragraph's own; those that stand after the words are not asked.
    """
    for match in _compared().finditer(paragraph.canonical):
        place = Span(match.start(), match.end())
        pairs = list(_final_and_budget([s for s in statements if s.place.end <= place.start], match["which"] or ""))
        if pairs and not any(_stand_as_said(final, budget, match) for final, budget in pairs):
            final, budget = pairs[-1]
            right = "大于" if final.value > budget.value else "小于" if final.value < budget.value else "等于"
            yield Seen("prose_direction_contradicted", paragraph, place, f"决算数{right}预算数")


def _share_found(
    share: Statement, index: int, section: Sequence[Statement], paper: Sequence[Statement], naming: Naming
) -> Iterator[Seen]:
    """Tell of a share that no amount gives: the one it is said to be of (总支出 can mean less) or one before it.

    Where it is not said what it is of, that must stand beside it, or be what another share of the section is of.
    """
    before = section[:index]
    part = last_of(before, share, AMOUNTS)
    named = naming.money_subject(share.base) if share.base else None
    stated = named and any(s.fact in AMOUNTS and s.name == named.name for s in paper)
    if part is None or (share.base and not stated):
        return
    wholes = [s for s in (*paper, *before) if s.fact in AMOUNTS and s is not part and _may_be_whole(s, named, before)]
    verdicts = [is_percentage_of(share.rounded, part.rounded, whole.rounded) for whole in wholes]
    stands_beside = share.base or any(
        _is_beside(whole, share, before) or _is_whole_of_another(whole, share, section) for whole in wholes
    )
    if stands_beside and False in verdicts and True not in verdicts:
        meant = [s for s in wholes if named and s.name == named.name] or wholes
        whole = min(meant, key=lambda whole: _apart(share, part, whole))
        yield found("prose_share_not_recomputed", share, f"据两数为{per_cent(share, part, whole)}")


def _is_beside(whole: Statement, share: Statement, before: Sequence[Statement]) -> bool:
    """Whether a share that does not say of what can be of this: said in its paragraph, and no part with its own share.

    甲7万元，占45%；乙8万元，占55%: their whole stands elsewhere.
    """
    parts = {s.name for s in before if s.fact == "share_percent" and s.paragraph is share.paragraph}
    return whole.paragraph is share.paragraph and whole.name not in parts


def _is_whole_of_another(whole: Statement, share: Statement, section: Sequence[Statement]) -> bool:
    """Whether another share of the section that does not say of what is borne out by this amount."""
    others = [(at, s) for at, s in enumerate(section) if s.fact == "share_percent" and s is not share and not s.base]
    pairs = [(other, last_of(section[:at], other, AMOUNTS)) for at, other in others]
    return any(
        part is not None and part is not whole and is_percentage_of(other.rounded, part.rounded, whole.rounded)
        for other, part in pairs
    )


def _apart(share: Statement, part: Statement, whole: Statement) -> Decimal:
    """Tell how many points a share is off, were `whole` what it is of."""
    return abs(share.value - 100 * part.value / whole.value) if whole.value else Decimal("Infinity")


def _may_be_whole(amount: Statement, named: Subject | None, before: Sequence[Statement]) -> bool:
    return (named is not None and amount.name == named.name) or any(amount is other for other in before)


def _completion_found(completion: Statement, before: Sequence[Statement]) -> Iterator[Seen]:
    own = [s for s in before if s.subject.name == completion.subject.name and s.paragraph is completion.paragraph]
    pairs = [(final, budget) for final in own if final.fact == "final" for budget in own if _is_budget(budget)]
    verdicts = [is_percentage_of(completion.rounded, final.rounded, budget.rounded) for final, budget in pairs]
    if False in verdicts and True not in verdicts:
        final, budget = pairs[-1]
        yield found("prose_completion_not_recomputed", completion, f"据两数为{per_cent(completion, final, budget)}")


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


@cache
def _compared() -> re.Pattern[str]:
    above, below, level = ("|".join(words) for words in (phrases().above, phrases().below, phrases().level))
    level_with = rf"[与同和](?=(?:年初|全年|调整)?预算数?(?:{level}))"
    return re.compile(
        rf"决算数?(?:(?P<above>{above})|(?P<below>{below})|{level_with})(?P<which>年初|全年|调整)?预算数?"
    )
