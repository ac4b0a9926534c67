from dataclasses import replace
from decimal import Decimal

from samples.comparing import Tally, compare, label
from samples.truth import TruthRow
from schemas.records import LineItem

FORM = "general_budget_by_function"
PRINTED = TruthRow(FORM, "", 3, "2010301", "行政运行", "total", Decimal(100), "0.01", "万元", 4, "甲局")
ITEM = LineItem(
    document_id="", kind="budget", fiscal_year=2024, department="甲局", form=FORM, side=None, line=3,
    code_system="function", code="2010301", name="行政运行", standard_name=None, measure="total", amount=Decimal(100),
    printed="0.01", unit="万元", page=4, x0=0, y0=0, x1=0, y1=0, status="proven", organisation="甲局",
)  # fmt: skip


def test_what_agrees_in_everything_is_matched_once() -> None:
    found = compare([PRINTED], [ITEM, ITEM])
    assert found.matched == ((ITEM, PRINTED),)
    assert found.silent == found.extra == (ITEM,)
    assert not found.missing


def test_another_unit_code_measure_or_budget_is_another_amount() -> None:
    changes = {"organisation": "乙局", "code": "2010302", "measure": "basic", "fund": "state_capital"}
    for name, value in changes.items():
        found = compare([PRINTED], [replace(ITEM, **{name: value})])
        assert (len(found.missing), len(found.silent), len(found.matched)) == (1, 1, 0), name


def test_an_amount_that_says_it_is_not_proven_is_not_silent() -> None:
    found = compare([PRINTED], [replace(ITEM, amount=Decimal(7), status="unproven")])
    assert found.extra
    assert not found.silent


def test_a_right_amount_can_be_accused_or_misnamed() -> None:
    assert compare([PRINTED], [replace(ITEM, status="contradicted")]).accused
    assert compare([PRINTED], [replace(ITEM, name="行2010301政运行")]).misnamed
    assert not compare([PRINTED], [replace(ITEM, name="1.行政 运行")]).misnamed


def test_rows_without_codes_go_by_name() -> None:
    total = PRINTED._replace(code="", name="合计", organisation="")
    assert not compare([PRINTED, total], [ITEM, replace(ITEM, code=None, name="合计", organisation=None)]).missing
    assert label(" （一） 其中：政府办公厅(室)") == "政府办公厅（室）"


def test_tallies_add_up_papers() -> None:
    tally = Tally()
    tally.add(compare([PRINTED], [ITEM]), 1)
    tally.add(compare([PRINTED], []), 2)
    assert (tally.true, tally.matched, tally.recall, tally.precision, len(tally.papers)) == (2, 1, 0.5, 1.0, 2)
    tally.add(compare([PRINTED], []), 3, lambda form: form == "three_public")
    assert tally.true == 2
