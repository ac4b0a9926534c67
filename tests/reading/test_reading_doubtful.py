from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from checks import Evaluated, place_of
from checks.records import Term
from reading.doubtful import without_doubtful
from schemas.records import LineItem, Status

ITEM = LineItem(
    document_id="0" * 64,
    kind="budget",
    fiscal_year=2024,
    department="某某局",
    form="expenditure_by_function",
    side=None,
    line=1,
    code_system="function",
    code="205",
    name="教育支出",
    standard_name="教育支出",
    measure="total",
    amount=Decimal("12345600.00"),
    printed="1,234.56",
    unit="万元",
    page=3,
    x0=50,
    y0=0,
    x1=60,
    y1=10,
    reader="rapidocr",
    confidence=0.6,
    status="proven",
)
DIGIT = Decimal(100)
"""Yuan that one of the last digit of 1,234.56 万元 is worth."""


def part(line: int, sign: int = -1, **other: object) -> Term:
    item = replace(ITEM, line=line, **other)  # type: ignore[arg-type]
    return Term(place_of(item), sign, item)


def held(tolerance: Decimal, verdict: str = "holds", terms: Sequence[Term] = ()) -> Evaluated:
    own = tuple(terms) or (part(1, 1), part(2), part(3))
    return Evaluated("a.b", "", "equal", ITEM.amount, ITEM.amount, tolerance, verdict, own)  # type: ignore[arg-type]


def status(item: LineItem, *checks: Evaluated, second: Callable[[LineItem], bool] | None = None) -> str:
    (settled,) = without_doubtful([item], checks, second)
    return settled.status


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([held(14 * DIGIT)], "unproven"),
        ([held(14 * DIGIT), held(DIGIT)], "proven"),
        ([held(14 * DIGIT), held(DIGIT, "fails")], "unproven"),
        ([], "unproven"),
    ],
)
def test_an_unsure_reading_is_proven_only_by_a_check_that_sees_its_last_digit(
    checks: list[Evaluated], expected: str
) -> None:
    assert status(ITEM, *checks) == expected


@pytest.mark.parametrize(
    "item",
    [
        replace(ITEM, confidence=0.95),
        replace(ITEM, reader="pdfium"),
        replace(ITEM, status="contradicted"),
        replace(ITEM, status="repaired", reader="tesseract"),
    ],
)
def test_other_amounts_keep_their_status(item: LineItem) -> None:
    assert status(item, held(14 * DIGIT)) == item.status


@pytest.mark.parametrize(
    ("tolerance", "agrees", "expected"),
    [(14 * DIGIT, True, "proven"), (14 * DIGIT, False, "unproven"), (DIGIT, False, "proven")],
)
def test_a_sure_reading_that_rounding_hides_takes_the_second_engines_word(
    tolerance: Decimal, agrees: bool, expected: str
) -> None:
    assert status(replace(ITEM, confidence=0.99), held(tolerance), second=lambda _: agrees) == expected


COPY = held(DIGIT, terms=(part(1, 1), part(9)))
SUM_OF_THE_COPY = held(DIGIT, terms=(part(9, 1), part(10), part(11)))


@pytest.mark.parametrize(
    ("checks", "expected"),
    [([COPY], "unproven"), ([COPY, SUM_OF_THE_COPY], "proven"), ([SUM_OF_THE_COPY], "unproven")],
)
def test_an_unsure_total_that_is_only_printed_again_is_proven_by_the_sum_of_its_copy(
    checks: Sequence[Evaluated], expected: str
) -> None:
    assert status(ITEM, *checks) == expected


def test_a_sure_total_that_is_only_printed_again_is_proven_until_a_misreading_is_caught() -> None:
    sure = replace(ITEM, confidence=0.99)
    caught = replace(ITEM, line=5, status="contradicted")
    assert status(sure, COPY, second=lambda _: True) == "proven"
    assert without_doubtful([sure, caught], [COPY], lambda _: True)[0].status == "unproven"


@pytest.mark.parametrize("reached", ["proven", "repaired"])
@pytest.mark.parametrize(("confidence", "expected"), [(0.59, "unproven"), (0.95, None)])
def test_a_nought_that_was_hardly_seen_is_proven_by_no_sum(
    reached: Status, confidence: float, expected: str | None
) -> None:
    speck = replace(ITEM, amount=Decimal(0), printed="0", status=reached, confidence=confidence)
    whole = replace(ITEM, line=2)
    check = held(DIGIT, terms=(Term(place_of(whole), 1, whole), Term(place_of(speck), -1, speck), part(3)))
    assert status(speck, check) == (expected or reached)
