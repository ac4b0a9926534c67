"""Forms whose rows are economic codes: in one list, in groups side by side, or beside the government's codes."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from samples.accounts import NOTHING
from samples.at_random.books import Books, EconomicCost, by_government, economic_costs
from samples.at_random.by_function import Body, with_totals
from samples.at_random.wording import Wording
from samples.forms.lines import PERSONNEL, PUBLIC_USE
from samples.paper import Column, Foot, Line, Panel
from samples.vocabulary import economics

AMOUNT = "amount"
GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "two_groups": (PERSONNEL, PUBLIC_USE),
    "three_groups": (("301",), ("302",), ("303", "307", "310", "399")),
}


def basic(books: Books, words: Wording) -> Body:
    """一般公共预算基本支出表."""
    costs = economic_costs(books.whole, with_projects=False)
    if words.chosen["economic"] in GROUPS:
        return _groups(costs, words, GROUPS[words.chosen["economic"]])
    return _list(costs, words, projects=False)


def general(books: Books, words: Wording) -> Body:
    """一般公共预算支出表（按经济分类）: basic and project expenditure together."""
    return _list(economic_costs(books.whole, with_projects=True), words, projects=True)


def _list(costs: Mapping[str, EconomicCost], words: Wording, *, projects: bool) -> Body:
    both = words.chosen["economic"] == "two_classifications"
    measures = _measures(words, projects=projects)
    beside = (
        (
            Column("government_code", (words.heading("government_code"),)),
            Column("government_name", (words.heading("government_name"),)),
        )
        if both
        else ()
    )
    columns = (
        Column("code", (words.heading("economic_code"),)),
        Column("label", (words.heading("economic_name"),)),
        *beside,
        *(Column("amount", words.money(words.heading(measure)), measure) for measure in measures),
    )
    lines = list(_lines(costs, measures, words, both=both))
    total = Line("合计", _summed([_amounts(code, cost, measures) for code, cost in costs.items()]), strong=True)
    return with_totals(columns, lines, total, words.chosen, "economic")


def _measures(words: Wording, *, projects: bool) -> tuple[str, ...]:
    if words.chosen["economic_columns"] == "amount":
        return (AMOUNT,)
    if not projects:
        return ("total", "personnel", "public_use")
    staff = words.chosen["uses"] == "staff"
    return ("total", "personnel", "public_use", "project") if staff else ("total", "basic", "project")


def _lines(costs: Mapping[str, EconomicCost], measures: Sequence[str], words: Wording, *, both: bool) -> Iterator[Line]:
    """List each 类 and its 款; a 款 has a line for each code of the government's where `both` are printed."""
    indent = int(words.chosen["indents"] != "none" or words.chosen["codes"] == "unprinted")
    for kind in dict.fromkeys(code[:3] for code in costs):
        under = {code: cost for code, cost in costs.items() if code.startswith(kind)}
        sums = _summed([_amounts(code, cost, measures) for code, cost in under.items()])
        yield Line(economics()[kind], sums, code=kind)
        for code, cost in under.items():
            for other, name, share in by_government(code, cost) if both else (("", "", cost),):
                yield Line(
                    economics()[code],
                    _amounts(code, share, measures),
                    code=code,
                    indent=indent,
                    government_code=other,
                    government_name=name,
                )


def _amounts(code: str, cost: EconomicCost, measures: Sequence[str]) -> dict[str, Decimal | None]:
    """What a code costs by measure; people's costs stand in their own column, those of offices in theirs."""
    of_people = code.startswith(PERSONNEL)
    known: dict[str, Decimal | None] = {
        AMOUNT: cost.total,
        "total": cost.total,
        "basic": cost.basic,
        "project": cost.project,
        "personnel": cost.basic if of_people else None,
        "public_use": None if of_people else cost.basic,
    }
    return {measure: known[measure] for measure in measures}


def _summed(amounts: Sequence[Mapping[str, Decimal | None]]) -> dict[str, Decimal | None]:
    """Add up by measure; what no line has stays unknown."""
    found: dict[str, Decimal | None] = {}
    for measure in amounts[0]:
        values = [each[measure] for each in amounts if each[measure] is not None]
        found[measure] = sum(filter(None, values), NOTHING) if values else None
    return found


def _groups(costs: Mapping[str, EconomicCost], words: Wording, groups: Sequence[tuple[str, ...]]) -> Body:
    """Put groups of codes side by side, closed by the sums of people's and of offices' costs."""

    def summed(*types: str) -> Decimal:
        return sum((cost.basic for code, cost in costs.items() if code.startswith(types)), NOTHING)

    panels = tuple(_group(costs, words, among) for among in groups)
    feet: tuple[Foot, ...] = (
        Foot(Line("人员经费合计", {AMOUNT: summed(*PERSONNEL)}, strong=True)),
        Foot(Line("公用经费合计", {AMOUNT: summed(*PUBLIC_USE)}, strong=True), covers=len(groups) - 1),
    )
    return Body(panels, (feet,))


def _group(costs: Mapping[str, EconomicCost], words: Wording, among: tuple[str, ...]) -> Panel:
    columns = (
        Column("code", (words.heading("economic_code"),)),
        Column("label", (words.heading("economic_name"),)),
        Column("amount", words.money(words.heading("amount")), AMOUNT),
    )
    under = {code: cost for code, cost in costs.items() if code.startswith(among)}
    return Panel(columns, tuple(_lines(under, (AMOUNT,), words, both=False)), code_system="economic")
