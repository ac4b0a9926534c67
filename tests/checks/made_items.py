"""What the tests of the checks are made of: small forms written as tables, facts of the prose, declared tables."""

from decimal import Decimal

from schemas.records import (
    YUAN_PER_UNIT,
    Box,
    Cell,
    Declared,
    Document,
    LineItem,
    NarrativeFact,
    Table,
    TextLine,
)


def item(form, name, printed, *, measure="amount", line=1, side=None, code=None, **other):
    """One amount, its yuan taken from what is printed."""
    unit = other.get("unit", "万元")
    amount = Decimal(printed.replace(",", "")) * YUAN_PER_UNIT[unit]
    system = None if code is None else "economic" if code.startswith("3") else "function"
    given = {
        "document_id": "made",
        "kind": "budget",
        "fiscal_year": 2024,
        "department": "某局",
        "standard_name": name if code else None,
        "unit": unit,
        "page": 1,
        "x0": 0.0,
        "y0": 0.0,
        "x1": 0.0,
        "y1": 0.0,
    }
    return LineItem(
        form=form, side=side, line=line, code_system=system, code=code, name=name, measure=measure, amount=amount,
        printed=printed, **{**given, **other},
    )  # fmt: skip


def form(name, measures, *rows, **other):
    """A form as rows of (code, name, printed amounts), the cells in the order of `measures`; None is a blank cell.

    `name` may be a half, form/side. A code of None stands in a row that the form fixes.
    """
    name, _, side = name.partition("/")
    return [
        item(name, label, printed, measure=measure, line=line, side=side or None, code=code, **{"col": col, **other})
        for line, (code, label, *cells) in enumerate(rows, start=1)
        for col, (measure, printed) in enumerate(zip(measures, cells, strict=True), start=1)
        if printed is not None
    ]


def without(items, form_name, line, measure):
    """The amounts but one."""
    return [each for each in items if (each.form, each.line, each.measure) != (form_name, line, measure)]


SPENDING = ("total", "basic", "project")


def expenditure(**other):
    """A form by function that prints all three levels, unsorted, with its 合计 first."""
    return form(
        "expenditure_by_function",
        SPENDING,
        (None, "合计", "100.00", "70.00", "30.00"),
        ("208", "社会保障和就业支出", "40.00", "40.00", None),
        ("20805", "行政事业单位养老支出", "40.00", "40.00", None),
        ("2080505", "机关事业单位基本养老保险缴费支出", "25.00", "25.00", None),
        ("2080506", "机关事业单位职业年金缴费支出", "15.00", "15.00", None),
        ("201", "一般公共服务支出", "60.00", "30.00", "30.00"),
        ("20103", "政府办公厅（室）及相关机构事务", "60.00", "30.00", "30.00"),
        ("2010302", "一般行政管理事务", "30.00", None, "30.00"),
        ("2010301", "行政运行", "30.00", "30.00", None),
        **other,
    )


def summary(**other):
    """The summary of the same paper: all money from the general budget, nothing carried over."""
    return [
        *form(
            "revenue_expenditure_summary/revenue",
            ("amount",),
            (None, "一般公共预算财政拨款收入", "100.00"),
            (None, "本年收入合计", "100.00"),
            (None, "总计", "100.00"),
            **other,
        ),
        *form(
            "revenue_expenditure_summary/expenditure",
            ("amount",),
            ("201", "一般公共服务支出", "60.00"),
            ("208", "社会保障和就业支出", "40.00"),
            (None, "本年支出合计", "100.00"),
            (None, "总计", "100.00"),
            **other,
        ),
    ]


def revenue(**other):
    """Revenue of the same paper by function, 项 alone."""
    return form(
        "revenue_by_function",
        ("total", "fiscal_appropriation"),
        ("2080506", "机关事业单位职业年金缴费支出", "15.00", "15.00"),
        ("2080505", "机关事业单位基本养老保险缴费支出", "25.00", "25.00"),
        ("2010301", "行政运行", "30.00", "30.00"),
        ("2010302", "一般行政管理事务", "30.00", "30.00"),
        (None, "合计", "100.00", "100.00"),
        **other,
    )


def fact(name, printed, *, kind="total", section="revenue_expenditure_summary", code=None, number=1, **other):
    """A figure of the prose as printed, 12.34万元 or 12.3%; `kind` is its fact."""
    digits = printed.rstrip("%亿万千元").replace(",", "")
    given = {"value": Decimal(digits) * (10_000 if "万" in printed else 1), "text": f"{name}{printed}"}
    return NarrativeFact(
        fact_no=number,
        page=1,
        section="情况说明",
        subject_form=section,
        code=code,
        name=name,
        fact=kind,
        unit="%" if "%" in printed else "元",
        printed=printed,
        **{**given, **other},
    )


def table(number, form, *, title=None, cells=(), above=(), below=(), **declared):
    """A recognised table on a page of its own with what it declares, its cells' texts and the lines around it."""
    box = Box(0, 0, 1, 1)
    said = {"title": title, "department": "某市某局", "kind": "budget", "fiscal_year": 2024, "unit": "万元", **declared}
    return Table(
        number=number,
        pages=(number,),
        rows=max(len(cells), 1),
        cols=1,
        cells=tuple(Cell(row, 1, 1, 1, text, number, box) for row, text in enumerate(cells, start=1)),
        heading=tuple(TextLine(text, number, box) for text in above),
        below=tuple(TextLine(text, number, box) for text in below),
        declared=Declared(form=form, **said),
    )


def document(**other):
    """A document that was read in full."""
    given = {"kind": "budget", "fiscal_year": 2024, "department": "某市某局"}
    return Document("made", "made.pdf", "read", **{**given, **other})
