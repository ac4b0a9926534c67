"""All that is wrong with a paper in one list: sums that fail, words that contradict, duties that are not met.

Each fault has a page, what is printed there, what would be right, and the item of the reviewer's sheet it belongs to.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from checks import Place, place_of
from checks.statements.wholeness import table_subject
from reading.questions.check_rows import CheckRow
from reading.questions.sum_words import right_sum, sum_told
from schemas.duties import ByCheck, Duty, duties
from schemas.findings import known_findings
from schemas.records import Box, DisclosureItem, Finding, LineItem, NarrativeFact, Reading, Table
from schemas.wording import plain

FaultKind = Literal["sum", "remark", "words", "duty"]
WORST_FIRST: tuple[FaultKind, ...] = ("sum", "words", "duty", "remark")
RIGHT = "⇒"
"""What stands in a finding's detail before what would be right."""
NO_TEXTS = ("及时性", "封面", "目录", "报表")
"""Items of the sheet that no running text belongs to."""
_FACT = re.compile(r"(\d+):")


@dataclass(frozen=True, slots=True)
class Marked:
    """A place on a page, in points of the upright page."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `id` stays the same from run to run while the paper and what is printed do.

    `name` is the check, finding or duty; `found` what is printed or missing; `right` what would be right, None where
    nobody can say. `marks` are the amounts that take part; words are found on their page by `found` itself, `time`
    telling which one is meant where the page prints them several times.
    """

    id: str
    document_id: str
    kind: FaultKind
    name: str
    subject: str
    item: str
    title_zh: str
    title_en: str
    page: int | None
    found: str
    right: str | None
    marks: tuple[Marked, ...] = ()
    time: int = 1


def faults_of(reading: Reading, rows: Sequence[CheckRow]) -> tuple[Fault, ...]:
    """List the faults of a paper, the worst first: failing sums, words, duties not met, remarks; then by page.

    `rows` are its checks as they are settled now.
    """
    sums = _of_checks(reading, [row for row in rows if row.summary.verdict == "fails"])
    words = _of_findings(reading, [each for each in reading.findings if duties().of_finding(each.code)])
    unmet = (_of_duty(reading, each) for each in reading.disclosure if each.verdict == "not_met")
    found = {fault.id: fault for fault in _told_once([*sums, *words, *unmet])}
    return tuple(sorted(found.values(), key=lambda fault: (WORST_FIRST.index(fault.kind), fault.page or 0)))


def _told_once(faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults without the remarks that say again what a duty's verdict says, or a finding of the same clause.

    What the forms say would be right is taken over from such a remark.
    """
    answers = [duty.answer for duty in duties().duties if isinstance(duty.answer, ByCheck)]
    by_duty = {name for answer in answers for name in answer.checks}
    of_clause = {(each.page, plain(each.found)): each for each in faults if each.kind == "remark"}
    words = {(each.page, plain(each.found)) for each in faults if each.kind == "words"}
    for each in faults:
        clause = (each.page, plain(each.found))
        if each.kind == "words" and each.right is None and clause in of_clause:
            yield replace(each, right=of_clause[clause].right)
        elif each.kind != "remark" or not (each.name in by_duty or clause in words):
            yield each


def item_of_duties(own: Iterable[Duty], page: int | None, disclosure: Sequence[DisclosureItem]) -> str:
    """The item of the sheet: that of the duty found on the fault's page where several are named, else of the first.

    Words of a page that only another part of the text stands on belong to that part: a sentence of a project's page
    to 项目说明.
    """
    named = [duty.item for duty in own]
    starts = [(each.page, duties()[each.duty].item) for each in disclosure if each.page and each.verdict == "met"]
    texts = [(start, item) for start, item in starts if item not in NO_TEXTS]
    before = [(start, item) for start, item in texts if page is not None and start <= page]
    if named == [duties().sheet.otherwise] and before:
        latest = max(start for start, _ in before)
        on_page = [item for start, item in before if start == latest]
        return named[0] if named[0] in on_page else on_page[0]
    return named[0] if named else duties().sheet.otherwise


def _of_checks(reading: Reading, rows: Sequence[CheckRow]) -> Iterator[Fault]:
    items = {place_of(item): item for item in reading.line_items}
    tables = {table_subject(table): table for table in reading.tables}
    facts = {fact.fact_no: fact for fact in reading.narrative_facts}
    for row in rows:
        yield _of_check(reading, row, items, tables, facts)


def _of_check(
    reading: Reading,
    row: CheckRow,
    items: Mapping[Place, LineItem],
    tables: Mapping[str, Table],
    facts: Mapping[int, NarrativeFact],
) -> Fault:
    told = row.summary
    own = [items[part.place] for part in row.parts if part.amount and part.place in items]
    marks = tuple(Marked(item.page, Box(item.x0, item.y0, item.x1, item.y1)) for item in own)
    fact = _fact_of(told.subject, facts) if told.check_id.startswith("prose.") else None
    table = tables.get(told.subject)
    page = fact.page if fact else table.pages[0] if table else told.pages[0] if told.pages else None
    return _fault(
        reading,
        "remark" if row.advisory else "sum",
        told.check_id,
        told.subject,
        item=item_of_duties(duties().of_check(told.check_id, told.subject), page, reading.disclosure),
        titles=(f"不成立：{told.title_zh}", f"does not hold: {told.title_en}"),
        page=page,
        found=fact.text if fact else sum_told(row) or _heading(table) or told.subject,
        right=right_sum(row),
        marks=marks,
    )


def _heading(table: Table | None) -> str:
    """What is printed over a table, which a check of the paper as a whole is about."""
    return " ".join(line.text for line in table.heading) if table else ""


def _fact_of(subject: str, facts: Mapping[int, NarrativeFact]) -> NarrativeFact | None:
    number = _FACT.match(subject)
    return facts.get(int(number[1])) if number else None


def _of_findings(reading: Reading, findings: Sequence[Finding]) -> Iterator[Fault]:
    """Each finding as a fault; where a page prints the same clause several times, each of them is one."""
    seen: Counter[Finding] = Counter()
    for finding in findings:
        seen[finding] += 1
        yield _of_finding(reading, finding, seen[finding])


def _of_finding(reading: Reading, finding: Finding, time: int) -> Fault:
    known = known_findings()[finding.code]
    said, _, right = finding.detail.partition(RIGHT)
    fault = _fault(
        reading,
        "words",
        finding.code,
        f"{finding.page}:{plain(said)}" + (f"#{time}" if time > 1 else ""),
        item=item_of_duties(duties().of_finding(finding.code), finding.page, reading.disclosure),
        titles=(known.title.zh, known.title.en),
        page=finding.page,
        found=said.strip(),
        right=right.strip() or None,
    )
    return replace(fault, time=time)


def _of_duty(reading: Reading, item: DisclosureItem) -> Fault:
    duty = duties()[item.duty]
    return _fault(
        reading,
        "duty",
        duty.id,
        item.reason or "",
        item=duty.item,
        titles=(f"没有：{duty.title.zh}", f"not met: {duty.title.en}"),
        page=item.page,
        found=item.found or "",
        right="；".join(_cited(reading, duty)) or None,
    )


def _cited(reading: Reading, duty: Duty) -> Iterator[str]:
    """The rules that ask for a duty, as a reader cites them."""
    document = reading.document
    for cited in duty.sources:
        source = duties().sources[cited.source]
        if (document.fiscal_year or 0) >= source.from_year and re.fullmatch(
            source.departments, document.department or ""
        ):
            yield f"{source.title.zh}{'：' + cited.clause if cited.clause else ''}"


def _fault(
    reading: Reading,
    kind: FaultKind,
    name: str,
    subject: str,
    *,
    item: str,
    titles: tuple[str, str],
    page: int | None,
    found: str,
    right: str | None,
    marks: tuple[Marked, ...] = (),
) -> Fault:
    identity = reading.document.document_id
    key = "|".join((identity, kind, name, subject))
    return Fault(
        id=sha256(key.encode()).hexdigest()[:12],
        document_id=identity,
        kind=kind,
        name=name,
        subject=subject,
        item=item,
        title_zh=titles[0],
        title_en=titles[1],
        page=page,
        found=found,
        right=right,
        marks=marks,
    )
