from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.items.corrections import corrected
from schemas.corrections import Corrections, PaperCorrections
from schemas.records import Finding, LineItem

DOCUMENT = "a" * 64
ITEM = LineItem(
    document_id=DOCUMENT,
    kind="final_accounts",
    fiscal_year=2024,
    department="某某局",
    form="expenditure_by_function",
    side=None,
    line=3,
    code_system="function",
    code="2140112",
    name="公路运输管理",
    standard_name="公路运输管理",
    measure="basic",
    amount=Decimal("1234560000.00"),
    printed="123456",
    unit="万元",
    page=9,
    x0=50,
    y0=0,
    x1=60,
    y1=10,
    confidence=0.9,
    table_no=3,
    row=7,
    col=5,
)
OTHER = replace(ITEM, measure="total", printed="1,234.56", amount=Decimal("12345600.00"))
PLACE = {"page": 9, "form": "expenditure_by_function", "code": "2140112", "measure": "basic"}


def known(
    *, document_id: str = DOCUMENT, expect: str = "123456", printed: str = "1,234.56", right: str = "1,234.56", **place
) -> Corrections:
    reason = "misreading" if expect != printed else "misprint"
    correction = {
        "place": {**PLACE, **place},
        "unit": "万元",
        "expect": expect,
        "printed": printed,
        "right": right,
        "reason": reason,
        "evidence": {"says": "原图", "url": "https://example.org/notice"},
    }
    paper = PaperCorrections(
        document_id=document_id,
        file_name="a.pdf",
        department="某某局",
        kind="final_accounts",
        fiscal_year=2024,
        corrections=(correction,),
    )
    return Corrections({document_id: paper})


def test_a_misread_amount_takes_what_is_printed_and_right() -> None:
    items, findings = corrected(DOCUMENT, [OTHER, ITEM], [Finding("seen_before", "")], known())
    assert items == [
        OTHER,
        replace(ITEM, amount=Decimal("12345600.00"), printed="1,234.56", reader="correction", confidence=1.0),
    ]
    assert findings == [
        Finding("seen_before", ""),
        Finding("corrected", "expenditure_by_function 2140112 basic: 123456 -> 1,234.56 万元 (misreading)", 9, 3, 7, 5),
    ]


def test_a_misprint_stays_as_printed_beside_the_right_amount() -> None:
    ((item,), _) = corrected(DOCUMENT, [ITEM], [], known(printed="123456", right="123465"))
    assert (item.printed, item.amount, item.reader) == ("123456", Decimal("1234650000.00"), "correction")


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (replace(ITEM, printed="123457"), "expected 123456 万元, and 123457 万元 is read"),
        (replace(ITEM, unit="元"), "expected 123456 万元, and 123456 元 is read"),
        (
            replace(OTHER, measure="basic"),
            "expected 123456 万元, and 1,234.56 万元 is read, which is right",
        ),
        (replace(ITEM, page=10), "no amount stands there"),
        (replace(ITEM, code="2140199"), "no amount stands there"),
        (replace(ITEM, side="revenue"), "no amount stands there"),
    ],
)
def test_a_correction_is_not_applied_where_its_expectation_fails(item: LineItem, why: str) -> None:
    items, findings = corrected(DOCUMENT, [item], [], known())
    assert items == [item]
    place = "expenditure_by_function 2140112 basic"
    assert findings == [Finding("correction_expectation_failed", f"{place}: {why}", 9)]


def test_a_document_without_any_amount_fails_the_expectation_too() -> None:
    assert [finding.code for finding in corrected(DOCUMENT, [], [], known())[1]] == ["correction_expectation_failed"]


def test_of_several_rows_alike_one_is_corrected_only_when_it_is_named() -> None:
    twin = replace(ITEM, line=8)
    items, (finding,) = corrected(DOCUMENT, [ITEM, twin], [], known())
    assert items == [ITEM, twin]
    assert "2 amounts stand there" in finding.detail
    items, _ = corrected(DOCUMENT, [ITEM, twin], [], known(line=8))
    assert [item.reader for item in items] == ["pdfium", "correction"]
    unit = replace(ITEM, department="某某局下属单位")
    items, _ = corrected(DOCUMENT, [ITEM, unit], [], known(department="某某局下属单位"))
    assert [item.reader for item in items] == ["pdfium", "correction"]


def test_a_row_without_code_is_found_by_its_name() -> None:
    total = replace(ITEM, code=None, code_system=None, name="合计")
    by_name = known(code=None, name="合计")
    assert [item.reader for item in corrected(DOCUMENT, [ITEM, total], [], by_name)[0]] == ["pdfium", "correction"]


def test_another_file_of_the_same_paper_is_left_alone_and_reminded_of() -> None:
    items, findings = corrected(DOCUMENT, [ITEM], [], known(document_id="b" * 64))
    assert items == [ITEM]
    assert findings == [Finding("correction_of_another_file", f"1 of a.pdf ({'b' * 12})")]
    assert corrected(DOCUMENT, [replace(ITEM, fiscal_year=2023)], [], known(document_id="b" * 64))[1] == []


def test_a_document_without_corrections_stays_as_it_is() -> None:
    assert corrected(DOCUMENT, [ITEM], [], Corrections({})) == ([ITEM], [])
