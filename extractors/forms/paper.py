"""What a paper as a whole says of itself: budget or final accounts, which year, whose."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.forms.cover import COVER_PAGES, Cover, Said, arabic, parts, read_cover, stated
from extractors.forms.form import Form
from extractors.forms.sets import FEWEST_FORMS, sets_of
from schemas.records import Declared, Finding, Kind, TextLine
from schemas.wording import plain

__all__ = ["COVER_PAGES", "Outside", "Paper", "declaration", "department_of", "describe", "of_departments", "paper_of"]

COVER_VOTES = 3
"""A cover counts for so many headings, since a form can name last year's column first."""
_COLUMN_YEAR = re.compile(
    r"(20\d{2})年?度?(?:初|全年|当年|本年)?(?:部门|财政拨款)?(?:预算|决算|执行|支出|收入)?(?:数|金额)?(?:\(.{0,4}\))?"
)

_YEAR_IN_NAME = re.compile(r"(?<!\d)20\d{2}(?!\d)")
"""Not a part of a longer number: P020250920512345.pdf names a moment of the upload."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Kind, fiscal year and department of a paper; None where it does not say.

    `within` are the papers that one file holds, by the page each begins on, where it holds several.
    """

    kind: Kind | None
    fiscal_year: int | None
    department: str | None
    within: tuple[Said, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """What is said of a file where it lies: by its own name first, what it came in, then the page that offers it."""

    names: tuple[str, ...] = ()
    kind: Kind | None = None
    fiscal_year: int | None = None
    department: str | None = None


NOTHING = Outside()


def describe(forms: Sequence[Form], lines: Iterable[TextLine], outside: Outside) -> Paper:
    """A paper's own description, from its forms' headings first, its cover next; what is said of it outside comes last.

    A workbook that is published beside its prose often says neither its kind nor its year.
    """
    lines = list(lines)
    cover = read_cover(lines)
    kind = _kind(forms, cover, outside)
    year, findings = _year(forms, cover, kind, outside)
    of_sets, unsaid = _of_sets(forms, lines)
    within = of_sets or _within(forms, lines)
    department = _department(forms, cover) or outside.department
    return Paper(kind, year, department, within, (*findings, *unsaid))


def of_departments(forms: Sequence[Form], paper: Paper) -> tuple[list[Form], list[Finding]]:
    """The forms but those of a government's book: 市级部门支出预算表 is a department's where the paper names one.

    What is left out is told by findings.
    """
    named = paper.department is not None
    kept = [form for form in forms if named or not (form.heading.title and form.heading.title.features.level)]
    left = [form for form in forms if form not in kept]
    return kept, [form.finding("form_of_no_department", _printed(form)) for form in left]


def _printed(form: Form) -> str:
    return form.heading.title.printed if form.heading.title else form.id


def paper_of(form: Form, paper: Paper) -> Paper:
    """The paper that one form belongs to: where a file holds several, the one whose part of the file it stands in."""
    before = [said for said in paper.within if said.page <= form.table.pages[0]]
    if not before:
        return paper
    own = before[-1]
    title = form.heading.title
    return replace(
        paper,
        kind=(title.kind if title else None) or own.kind or paper.kind,
        fiscal_year=(title.year if title else None) or own.year or paper.fiscal_year,
        department=own.department or paper.department,
    )


def _of_sets(forms: Sequence[Form], lines: Sequence[TextLine]) -> tuple[tuple[Said, ...], Sequence[Finding]]:
    """What each set of forms says of itself where a file holds several; findings for those that do not say it."""
    sets = sets_of(forms)
    if len(sets) < 2:
        return (), ()
    said: list[Said] = []
    unsaid: list[Finding] = []
    floor = 0
    for own in sets:
        end = max(form.table.pages[-1] for form in own)
        said.append(_said_by(own, floor, end, lines))
        if None in (said[-1].kind, said[-1].year, said[-1].department):
            unsaid += [form.finding("set_without_cover", form.id) for form in own]
        floor = end
    return tuple(said), unsaid


def _said_by(own: Sequence[Form], floor: int, end: int, lines: Sequence[TextLine]) -> Said:
    """What a set says, in its titles and on its cover: the file's first pages, or a page after `floor`, the set before.

    A cover of another kind than the set's titles is that of something else.
    """
    first = own[0].table.pages[0]
    titled = _kind(own, Cover(Said()), NOTHING)
    between = [line for line in lines if floor < line.page < first]
    covers = [said.page for said in parts(between) if titled in (None, said.kind)] if floor else [1]
    begins = covers[-1] if covers else first
    if floor:
        texts = [arabic(line.text) for line in lines if begins <= line.page < begins + COVER_PAGES]
        cover = Cover(stated(texts) if covers else Said())
    else:
        cover = read_cover([line for line in lines if line.page <= end])
    return Said(_kind(own, cover, NOTHING), _year(own, cover, None, NOTHING)[0], _department(own, cover), begins)


def _within(forms: Sequence[Form], lines: Sequence[TextLine]) -> tuple[Said, ...]:
    """The papers of one file: parts with covers, or runs of forms with titles, of different years or kinds.

    Each has a set of forms of its own, so that a paper which quotes last year's on a page stays one.
    """
    for found in (list(parts(lines)), list(_runs(forms))):
        begun = [said for at, said in enumerate(found) if at == 0 or _differs(said, found[at - 1])]
        held = [[form for form in forms if _begins(begun, at, form)] for at in range(len(begun))]
        if len(begun) > 1 and all(len(own) >= FEWEST_FORMS for own in held):
            return tuple(begun)
    return ()


def _differs(one: Said, other: Said) -> bool:
    return (one.kind, one.year) != (other.kind, other.year)


def _begins(begun: Sequence[Said], at: int, form: Form) -> bool:
    page = form.table.pages[0]
    return begun[at].page <= page and (at + 1 == len(begun) or page < begun[at + 1].page)


def _runs(forms: Sequence[Form]) -> Iterator[Said]:
    """What each title says that names year or kind."""
    for form in forms:
        title = form.heading.title
        if title and title.year and title.kind:
            yield Said(title.kind, title.year, None, form.table.pages[0])


def _kind(forms: Sequence[Form], cover: Cover, outside: Outside) -> Kind | None:
    """What most titles say, else the cover, the headings of columns, what is said outside.

    Where none says it, a set of forms without one 决算 in its titles is a budget's: the forms of final accounts are all
    called 决算 (财政部, 部门决算公开样表), those of budgets often not (财预〔2016〕143号: 部门收支总表).
    """
    titles = [form.heading.title for form in forms if form.heading.title]
    final, budget = (sum(title.kind == kind for title in titles) for kind in ("final_accounts", "budget"))
    if final or budget:
        return "final_accounts" if final >= budget else "budget"
    named = next((kind for name in outside.names if (kind := _kind_in(name))), outside.kind)
    if kind := cover.said.kind or _kind_of_columns(forms) or named:
        return kind
    return "budget" if len(titles) >= FEWEST_FORMS else None


def _kind_in(text: str) -> Kind | None:
    final, budget = "决算" in text, "预算" in text.replace("公共预算", "")
    return None if final == budget else "final_accounts" if final else "budget"


def _kind_of_columns(forms: Sequence[Form]) -> Kind | None:
    """预算数 or 决算数 over the columns; 年初预算数 stands beside 决算数, 上年决算数 beside 预算数."""
    said = Counter(_kind_in(text) for text in _headings(forms) if not re.search("上年|年初|调整|全年", text))
    return None if said["final_accounts"] == said["budget"] else max(_KINDS, key=lambda kind: said[kind])


_KINDS: tuple[Kind, Kind] = ("final_accounts", "budget")


def _headings(forms: Sequence[Form]) -> Iterator[str]:
    for form in forms:
        for row in form.header_rows:
            yield from (plain(cell.text) for cell in form.grid.printed(row))


def _year(
    forms: Sequence[Form], cover: Cover, kind: Kind | None, outside: Outside
) -> tuple[int | None, Sequence[Finding]]:
    """The year most often stated by headings and cover; else by columns, alone on the cover, or outside of the paper.

    The last resort is the date of printing, told by a finding: a budget is published in its year, final accounts in the
    year after (预算法 § 14: 部门预算、决算 within twenty days of their approval).
    """
    votes = Counter(year for form in forms if (year := form.heading.year))
    if cover.said.year:
        votes[cover.said.year] += COVER_VOTES
    if not votes:
        votes = Counter(_years_of_columns(forms))
    if not votes and cover.lone_year:
        votes[cover.lone_year] += 1
    if not votes:
        named = (years for name in outside.names if (years := _YEAR_IN_NAME.findall(name)))
        votes.update(map(int, next(named, ())))
    if not votes and outside.fiscal_year:
        votes[outside.fiscal_year] += 1
    if votes:
        return max(votes, key=lambda year: (votes[year], year)), []
    if cover.printed is None or kind is None or not forms or cover.printed[1] == 12:
        return None, []
    year = cover.printed[0] - (kind == "final_accounts")
    return year, [Finding("year_from_date_of_printing", f"{cover.printed[0]}-{cover.printed[1]:02} → {year}", 1)]


def _years_of_columns(forms: Sequence[Form]) -> Iterator[int]:
    """The latest year that each form names over its columns, where last year's stands beside this year's."""
    for form in forms:
        years = [int(match[1]) for text in _headings([form]) if (match := _COLUMN_YEAR.fullmatch(text))]
        if years:
            yield max(years)


def _department(forms: Sequence[Form], cover: Cover) -> str | None:
    named = Counter(name for form in forms if (name := form.heading.department))
    if named:
        return _whole(named.most_common(1)[0][0], named)
    titled = Counter(form.heading.title.who for form in forms if form.heading.title and form.heading.title.who)
    if titled:
        return titled.most_common(1)[0][0]
    return cover.said.department


def department_of(form: Form, paper: Paper, forms: Sequence[Form]) -> str:
    """The department of one form: its own, mended where a narrow cell broke it off, else the paper's; '' if unknown."""
    named = Counter(name for other in forms if (name := other.heading.department))
    if form.heading.department:
        return _whole(form.heading.department, named)
    who = form.heading.title.who if form.heading.title else ""
    return who or paper_of(form, paper).department or ""


def declaration(form: Form, paper: Paper, forms: Sequence[Form]) -> Declared:
    """What a form's table declares, for the dataset's `tables`."""
    own = paper_of(form, paper)
    return Declared(
        form=form.id,
        title=form.heading.title.printed if form.heading.title else None,
        number=form.heading.number,
        kind=own.kind,
        department=department_of(form, paper, forms) or None,
        fiscal_year=own.fiscal_year,
        unit=form.unit,
    )


def _whole(name: str, named: Counter[str]) -> str:
    """The fullest of the names that begin with `name` and are printed as often: 办公厅 broken off after 办."""
    longer = [other for other in named if other.startswith(name) and named[other] >= named[name]]
    return max(longer, key=lambda other: (named[other], len(other)), default=name)
