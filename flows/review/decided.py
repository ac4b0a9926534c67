"""What is known of an amount already: its correction, and what was said of the sums that fail by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flows.night.correcting import correction_at
from reading.questions.acknowledging import Acknowledgement, read_acknowledged
from reading.questions.checking import rows_of
from reading.questions.faults import Fault, Marked, faults_of
from schemas.corrections import Correction
from schemas.records import Box, LineItem, Reading

SAID: Mapping[str, tuple[str, str]] = {
    "misreading": ("读错，改为", "misread; it is"),
    "misprint": ("印错，改为", "misprinted; right is"),
    "confirmed": ("初读是对的", "the first reading is right"),
    "publishers_own": ("发布单位之误", "the publisher’s own error"),
    "not_a_fault": ("不是差错", "no fault"),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """The correction of an amount, and what was said of the failing sums it takes part in; `open_faults`: nothing."""

    correction: Correction | None
    said: tuple[Acknowledgement, ...]
    open_faults: tuple[Fault, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nobody needs to decide any more."""
        return self.correction is not None or (bool(self.said) and not self.open_faults)

    @property
    def mark(self) -> str | None:
        """What tells this from any other decision, None where nothing was decided."""
        if self.correction is None and not self.said:
            return None
        return sha256(repr((self.correction, self.said)).encode()).hexdigest()[:16]

    def told(self) -> list[dict[str, object]]:
        """Every decision, the standing one first: what was said, by whom and when."""
        lines: list[dict[str, object]] = []
        if self.correction is not None:
            now = self.correction
            lines.append(_line(now.reason, now.right, now.evidence.says, now.by, now.on))
            lines += [_line(each.reason, each.right, each.says, each.by, each.on) for each in now.earlier]
        once = {(each.said, each.reason, each.by): each for each in self.said}
        return lines + [_line(each.said, None, each.reason, each.by, each.on) for each in once.values()]


def decided(reading: Reading, item: LineItem, corrections: Path, acknowledged: Path) -> Decided:
    """What was decided of an amount. Raises `WrongUseError` where a file says what cannot be."""
    faults = faults_with(reading, item)
    known = read_acknowledged(acknowledged)
    said = tuple(known[each.id] for each in faults if each.id in known)
    open_faults = tuple(each for each in faults if each.id not in known)
    return Decided(correction_at(reading, item, corrections), said, open_faults)


def faults_with(reading: Reading, item: LineItem) -> Sequence[Fault]:
    """The failing sums of a paper that an amount takes part in."""
    mark = Marked(item.page, Box(item.x0, item.y0, item.x1, item.y1))
    return [each for each in faults_of(reading, rows_of(reading)) if each.kind == "sum" and mark in each.marks]


def _line(said: str, right: str | None, says: str, by: str | None, on: object) -> dict[str, object]:
    return {"said": SAID[said], "right": right, "says": says, "by": by, "on": str(on) if on else None}
