"""The subject of a sum or a per cent, and the fact that its words make of it."""

import re
from dataclasses import dataclass

from extractors.prose.clauses import segments
from extractors.prose.naming import Naming, Subject, spanning_subject
from extractors.prose.paragraphs import ORDINAL
from extractors.prose.roles import Reading, without_comparison, years_named
from extractors.prose.topic import Topic
from schemas.prose import subjects
from schemas.records import Kind, StatedFact

NOTHING = frozenset(
    {
        "",
        "数",
        "决算",
        "决算数",
        "支出决算",
        "支出决算数",
        "预算",
        "预算数",
        "安排",
        "预算安排",
        "预算安排数",
        "当年预算",
    }
)
"""Said before a figure's words, these name nothing: the figure is of what the sentence speaks of."""
WHOLE = frozenset({"支出", "收入"})
WHOLE_NAMES = frozenset({"支出总计", "收入总计"})
_ITS_BUDGET = re.compile(r"(?:支出|收入)预算(?:数|安排数?)?(?:为|是)?")
"""Said alone these are the total, but 支出 in 支出决算为 is that of the item spoken of."""
AMOUNTS = frozenset({"total", "stated_budget", "final"})
"""The roles of a sum that is the amount of its subject, not a change, a budget beside it or another year's."""

_NAMED_BEFORE_YEAR = re.compile(
    r"(?P<name>[^，。；：\d]{3,30})20\d\d年度?(?:年初|当年)?(?:支出)?(?:预算|决算)?(?:数|安排数?)?(?:为|是)?"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The fact of a figure and what its subject's name is lengthened by, where it is not this year's plain amount."""

    fact: StatedFact
    suffix: str = ""


_PLAIN: dict[str, Meaning] = {
    "initial_budget": Meaning("initial_budget"),
    "completion_percent": Meaning("completion_percent"),
    "share_percent": Meaning("share_percent"),
    "full_year_budget": Meaning("total", "/全年预算"),
    "previous_year": Meaning("total", "/上年"),
    "previous_year_executed": Meaning("total", "/上年执行数"),
}


def meaning_of(
    reading: Reading, kind: Kind, year: int, *, beside_final: bool, of_whole: int | None = None
) -> Meaning | None:
    """Tell what the words before a sum or a per cent make of it in a paper of `kind`; None where that is not plain.

    `beside_final` tells that the sentence states a final amount too, so that 支出预算为 is what was first planned;
    `of_whole` is the year of what the figure is a part of, which holds where its own words name none.
    """
    if reading.fact == "initial_budget" and kind == "budget":
        return _of_year(reading, "total", year, of_whole)  # a budget paper's 年初预算 is its own amount
    if reading.fact in _PLAIN:
        return _PLAIN[reading.fact]
    if reading.fact == "stated_budget" and kind == "final_accounts":
        return Meaning("initial_budget") if beside_final else None
    if reading.fact not in AMOUNTS or (reading.fact == "final" and kind == "budget"):
        return None
    return _of_year(reading, "final" if reading.fact == "final" else "total", year, of_whole)


def _of_year(reading: Reading, fact: StatedFact, year: int, of_whole: int | None) -> Meaning | None:
    """Take the amount for that of the year named last, where this is the paper's own or the one before."""
    own = reading.said.rpartition("；")[2]  # what stands before a semicolon told of something else
    said = years_named(own) or ([] if of_whole is None else [of_whole])
    if not said or said[-1] == year:
        return Meaning(fact)
    return Meaning("total", "/上年") if said[-1] == year - 1 else None


def subject_of(
    reading: Reading, context: str, topic: Topic, naming: Naming, *, revenue: bool = False, listed: bool = False
) -> Subject | None:
    """Find what a sum or per cent is of: named before it, or what is spoken of; None where neither is plain.

    `revenue` tells that the words before speak of revenue, `listed` that the figure's words are an item of a list.
    """
    amount = reading.fact in AMOUNTS
    if amount and (spanning := spanning_subject(context)) is not None:
        return spanning
    if "分别" in context:
        return None
    said = context if reading.fact == "stated_budget" else reading.said
    phrases = [without_comparison(segment) for segment in segments(said)]
    if phrases and (named := _before_year(phrases[-1], naming)) is not None:
        return named
    while phrases and naming.says_one_of(phrases[-1], NOTHING):
        phrases.pop()
    return _told_by(phrases, reading, topic, naming, revenue=revenue, listed=listed)


def _told_by(
    phrases: list[str], reading: Reading, topic: Topic, naming: Naming, *, revenue: bool, listed: bool
) -> Subject | None:
    """Find the subject of the last of `phrases`, of which none is empty words; without any, what is spoken of."""
    amount = reading.fact in AMOUNTS
    if not phrases:
        return None if reading.fact == "total" else topic.current
    if topic.current is not None and topic.current.code and _ITS_BUDGET.fullmatch(phrases[-1]):
        return topic.current  # …行政运行（项）。支出预算为 683.94 万元
    if _says_whole(phrases[-1], naming, topic):
        return _of_whole(phrases, reading, topic, naming)
    subject = _named(phrases[-1], topic, naming, free=amount, revenue=revenue)
    if subject is None and amount and listed and (len(phrases) == 1 or ORDINAL.match(phrases[-1])):
        name = naming.listed_name(phrases[-1])
        return Subject(name, as_said=True) if name else None
    return subject


def _before_year(phrase: str, naming: Naming) -> Subject | None:
    """Read 公务用车购置费2026年预算数: the name stands before the year."""
    match = _NAMED_BEFORE_YEAR.fullmatch(phrase)
    return naming.money_subject(match["name"]) if match else None


def _says_whole(phrase: str, naming: Naming, topic: Topic) -> bool:
    """Whether a phrase is 收入 or 支出 alone; 本年收入 is a name of its own, but not where a 科目 is spoken of."""
    own = naming.vocabulary_subject(phrase)
    named = own is not None and own.name not in WHOLE_NAMES and not (topic.current and topic.current.code)
    return naming.says_one_of(phrase, WHOLE) and not named


def _can_be(phrase: str, spoken_of: Subject) -> bool:
    """Whether 收入 or 支出 can be a side of what is spoken of; of a balance, and 支出 of revenue, it is another sum."""
    name = spoken_of.name
    if "收入" in phrase:
        return "收入" in name
    return "收入支出" in name or not re.search(r"收入|结转|结余", name)


def _named(phrase: str, topic: Topic, naming: Naming, *, free: bool, revenue: bool) -> Subject | None:
    subject = naming.money_subject(phrase, topic.outer, revenue=revenue)
    if subject is None and re.fullmatch(subjects().money_of_the_counted, phrase):
        return topic.counted
    if subject is None and free and (name := naming.free_name(phrase)) is not None:
        return Subject(name, as_said=True)
    return subject


def _of_whole(phrases: list[str], reading: Reading, topic: Topic, naming: Naming) -> Subject | None:
    """Resolve 支出 or 收入 alone: an item named before the comma, else what is spoken of, else the paper's total.

    It is the total only where the section is about the whole paper and nothing before in the sentence can be meant.
    """
    earlier = [phrase for phrase in phrases[:-1] if not naming.says_one_of(phrase, NOTHING)]
    if not earlier and topic.costs is not None and "支出" in phrases[-1]:
        return topic.costs
    if earlier:
        return naming.item(earlier[-1], topic.outer)
    if topic.current is not None and not _can_be(phrases[-1], topic.current):
        return None
    changed = reading.sign != 0 and naming.of_whole_paper and (topic.current is None or topic.current.code is None)
    if topic.current is not None and not changed and reading.fact not in ("total", "stated_budget"):
        return topic.current
    fresh = changed or not topic.in_sentence
    return naming.money_subject(phrases[-1]) if naming.of_whole_paper and fresh and "共" not in phrases[-1] else None
