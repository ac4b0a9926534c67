"""A reviewer's decision as the data that outlasts reruns: a correction, or what is said of the sums that fail."""

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from extractors.tables.amounts import printed_amount
from flows.night.correcting import expected_text, place_of_item
from flows.review.decided import Decided
from reading.questions.acknowledging import Acknowledgement
from schemas.corrections import Correction
from schemas.errors import WrongUseError
from schemas.records import YUAN_PER_UNIT, LineItem, Reading
from website.review.desk import Choice, Decision

READINGS: tuple[Choice, ...] = ("first_reading", "second_reading")


def choices(item: LineItem, known: Decided) -> list[Choice]:
    """What may be decided of an amount: of readings where there are two, of faults where sums fail."""
    of_readings = READINGS if item.status == "repaired" else ()
    of_faults: tuple[Choice, ...] = ("publishers_own", "not_a_fault") if known.open_faults or known.said else ()
    return [*of_readings, "printed", *of_faults]


def yuan_of(right: str, item: LineItem) -> Decimal:
    """What a figure as the form writes it is in yuan. Raises `WrongUseError` where it is none."""
    try:
        value = printed_amount(right)
        yuan = value.yuan(item.unit) if value else None
    except ValueError:
        yuan = None
    if yuan is None:
        raise WrongUseError(f"这不是一个金额 / no amount: {right or '—'}")
    return yuan


def correction_of(decision: Decision, reading: Reading, item: LineItem, known: Decided, today: date) -> Correction:
    """The correction that a decision on the reading comes to. Raises `WrongUseError` where it cannot stand."""
    before = known.correction
    first = before.expect if before else expected_text(reading, item)
    printed = {"first_reading": first, "second_reading": item.printed}.get(decision.choice, decision.right or "")
    same = printed == first
    if same and before is None and item.status != "repaired":
        raise WrongUseError(
            "键入的就是读出的；若印的就是这样，请选“发布单位之误”或“不是差错” / "
            "that is what was read; if it is printed so, it is the publisher's own error or no fault"
        )
    said: dict[str, Any] = {
        "place": before.place if before else place_of_item(item),
        "unit": item.unit,
        "expect": first,
        "printed": printed,
        "right": _plain(printed, item),
        "reason": "confirmed" if same else "misreading",
        "evidence": {"says": decision.says},
        "by": decision.by or None,
        "on": today,
        "earlier": _earlier(before),
    }
    try:
        return Correction.model_validate(said)
    except ValidationError as error:
        raise WrongUseError(f"这处更正不成立 / this is no correction: {error.errors()[0]['msg']}") from error


def acknowledgements_of(decision: Decision, reading: Reading, known: Decided, today: date) -> list[Acknowledgement]:
    """What is said of each failing sum of the amount. Raises `WrongUseError` where none fails."""
    faults = [*(each.id for each in known.open_faults), *(each.fault for each in known.said)]
    if not faults:
        raise WrongUseError("没有不成立的合计可说 / no sum of it fails")
    reason = f"{decision.says} {decision.url}" if decision.url else decision.says
    entry: dict[str, Any] = {"document": reading.document.document_id, "as": decision.choice, "reason": reason}
    entry |= {"by": decision.by or None, "on": today}
    return [Acknowledgement.model_validate({**entry, "fault": fault}) for fault in faults]


def _earlier(before: Correction | None) -> list[dict[str, Any]]:
    """What had been decided, the last first."""
    if before is None:
        return []
    last = {"right": before.right, "reason": before.reason, "says": before.evidence.says}
    return [{**last, "by": before.by, "on": before.on}, *(each.model_dump() for each in before.earlier)]


def _plain(printed: str, item: LineItem) -> str:
    """A figure with a plain minus sign and its decimals, whatever signs the form writes it with."""
    yuan = yuan_of(printed, item)
    value = printed_amount(printed)
    decimals = value.decimals if value else 0
    return f"{yuan / YUAN_PER_UNIT[item.unit]:.{decimals}f}"
