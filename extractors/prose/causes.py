"""Changes told as causes (主要原因是基本支出增加…万元): read only where a known subject's own change is stated."""

import re
from functools import cache

from extractors.prose.clauses import segments
from extractors.prose.naming import Naming, Subject
from extractors.prose.roles import without_comparison
from schemas.prose import phrases

_LEAD = re.compile(r"^[、和及是为：（]*(?:[一二三四五六]是)?(?:其中[，：]?)?")


def cause_change(phrase: str, naming: Naming, *, revenue: bool = False) -> tuple[Subject, int] | None:
    """Find the subject and the sign of the change that canonical `phrase`, which ends before a figure, tells of.

    项目支出减少 and 项目支出增加，较上年增加 speak of 项目支出; 基本支出增加人员工资等 speaks of its part
    基本支出/人员工资等, since the whole can have changed otherwise. Everything else is None. `revenue` tells that the
    words before speak of revenue.
    """
    *earlier, last = segments(phrase)
    told = _told().fullmatch(_LEAD.sub("", last))
    if told is None:
        return None
    sign = 1 if told["verb"] in phrases().up else -1
    who = without_comparison(told["who"])
    if not who and earlier and not told["what"]:
        return _changed_before(earlier[-1], sign, naming)
    subject = naming.money_subject(who, revenue=revenue) if who else None
    if subject is None or re.search(phrases().not_in_free_name, told["what"]):
        return None
    return (Subject(f"{subject.name}/{told['what']}") if told["what"] else subject), sign


def _changed_before(segment: str, sign: int, naming: Naming) -> tuple[Subject, int] | None:
    """Read 项目支出增加 before 较上年增加: the same subject, moving the same way."""
    told = _told().fullmatch(_LEAD.sub("", segment))
    if told is None or told["what"] or (told["verb"] in phrases().up) != (sign > 0):
        return None
    subject = naming.money_subject(told["who"])
    return (subject, sign) if subject else None


@cache
def _told() -> re.Pattern[str]:
    verbs = "|".join((*phrases().up, *phrases().down))
    return re.compile(rf"(?P<who>[^，；：]*?)(?P<verb>{verbs})了?(?P<what>[^，；：\d]{{0,40}})")
