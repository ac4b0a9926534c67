"""What a paper as a whole says of itself: budget or final accounts, which year, whose."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.forms.form import Form
from schemas.records import Declared, Kind, TextLine
from schemas.wording import plain

COVER_PAGES = 2
"""Cover and contents: where a paper says what it is."""
_STATED = re.compile(r"(20\d{2})(?:年度?)?(?=.{0,40}?(?:预算|决算))")
_CHINESE_YEAR = re.compile(r"二[〇○零OoΟО0]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年")
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_COVER = re.compile(
    r"^(?:附件\d*:?)?(?:20\d{2}年?度?)?(?P<name>[\u4e00-\u9fff()·]{3,40}?)(?:20\d{2}年?度?)?(?:\(?(?:部门|单位|本级)\)?)*"
    r"(?:预算|决算)"
)
_PROFILE = re.compile(r"(?:第一部分|一、|^)(?P<name>[\u4e00-\u9fff()·]{4,40}?)(?:单位|部门)?(?:基本)?概况")
_NO_NAME = re.compile(r"(?:目录|部门|单位|第.部分|公开|编制|年度|附件|情况说明|预算|决算|概况)")


@dataclass(frozen=True, slots=True)
class Paper:
    """Kind, fiscal year and department of a paper; None where it does not say."""

    kind: Kind | None
    fiscal_year: int | None
    department: str | None


def describe(forms: Sequence[Form], lines: Iterable[TextLine], file_name: str) -> Paper:
    """A paper's own description, from its forms' headings first, its cover next, its file's name last."""
    cover = [plain(line.text) for line in lines if line.page <= COVER_PAGES]
    return Paper(_kind(forms, cover, file_name), _year(forms, cover, file_name), _department(forms, cover))


def _kind(forms: Sequence[Form], cover: Sequence[str], file_name: str) -> Kind | None:
    titles = [form.heading.title.printed for form in forms if form.heading.title]
    for texts in (titles, cover, [file_name]):
        final, budget = (
            sum("决算" in text for text in texts),
            sum("预算" in text.replace("公共预算", "") for text in texts),
        )
        if final != budget:
            return "final_accounts" if final > budget or (final and texts is titles) else "budget"
    return None


def _year(forms: Sequence[Form], cover: Sequence[str], file_name: str) -> int | None:
    """The year most often stated; the cover counts thrice, since a form can name last year's column first."""
    votes: Counter[int] = Counter()
    joined = _arabic("".join(cover))
    first = _STATED.search(joined)
    if first:
        votes[int(first[1])] += 3
    votes.update(form.heading.year for form in forms if form.heading.year)
    if not votes:
        votes.update(int(year) for year in re.findall(r"20\d{2}", file_name))
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _arabic(text: str) -> str:
    return _CHINESE_YEAR.sub(lambda m: f"20{_DIGITS[m[1]]}{_DIGITS[m[2]]}年", text)


def _department(forms: Sequence[Form], cover: Sequence[str]) -> str | None:
    named = Counter(name for form in forms if (name := form.heading.department))
    if named:
        return _whole(named.most_common(1)[0][0], named)
    titled = Counter(who for form in forms if form.heading.title and (who := _organisation(form.heading.title.who)))
    if titled:
        return titled.most_common(1)[0][0]
    joined = _arabic("".join(cover))
    match = _COVER.search(joined) or _PROFILE.search(joined)
    name = match["name"] if match else ""
    return None if not name or _NO_NAME.match(name) else name


def _organisation(who: str) -> str:
    return re.sub(r"(?:部门|单位|预算单位)$", "", who)


def department_of(form: Form, paper: Paper, forms: Sequence[Form]) -> str:
    """The department of one form: its own, mended where a narrow cell broke it off, else the paper's; '' if unknown."""
    named = Counter(name for other in forms if (name := other.heading.department))
    if form.heading.department:
        return _whole(form.heading.department, named)
    who = _organisation(form.heading.title.who) if form.heading.title else ""
    return who or paper.department or ""


def declaration(form: Form, paper: Paper, forms: Sequence[Form]) -> Declared:
    """What a form's table declares, for the dataset's `tables`."""
    return Declared(
        form=form.id,
        title=form.heading.title.printed if form.heading.title else None,
        number=form.heading.number,
        kind=paper.kind,
        department=department_of(form, paper, forms) or None,
        fiscal_year=paper.fiscal_year,
        unit=form.unit,
    )


def _whole(name: str, named: Counter[str]) -> str:
    """The fullest of the names that begin with `name` and are printed as often: 办公厅 broken off after 办."""
    longer = [other for other in named if other.startswith(name) and named[other] >= named[name]]
    return max(longer, key=lambda other: (named[other], len(other)), default=name)
