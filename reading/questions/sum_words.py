"""A sum that does not hold in words: what is on its sides, by how much it is off, and what would let it hold."""

from reading.questions.check_rows import CheckRow
from schemas.dataset import dataset

MOST_LABELS = 3
"""So many rows of a side are named in a line."""


def sum_told(row: CheckRow) -> str:
    """The sum in one line, in yuan."""
    told = row.summary
    if row.relation is None:
        return ""
    sign = {"equal": "≠", "at_most": ">"}[row.relation]
    left, right = _labels(row, 1), _labels(row, -1)
    off = f"差 {told.difference:+,.2f}，四舍五入可解释 ±{told.tolerance:,.2f}（元）"
    return f"{left}{told.left:,.2f} {sign} {right}{told.right:,.2f}，{off}"


def _labels(row: CheckRow, sign: int) -> str:
    """What stands on one side of a sum: its first rows, and how many more."""
    labels = list(dict.fromkeys(part.amount.label for part in row.parts if part.sign == sign and part.amount))
    measures = list(dict.fromkeys(part.place.measure for part in row.parts if part.sign == sign and part.amount))
    if not labels:
        return ""
    more = f"等{len(labels)}行" if len(labels) > MOST_LABELS else ""
    column = f"（{measure_words(measures[0])}）" if len(measures) == 1 else ""
    return f"{'、'.join(labels[:MOST_LABELS])}{more}{column} "


def measure_words(measure: str) -> str:
    """What a column measures, in Chinese."""
    known = dataset().vocabularies["measure"].values.get(measure)
    return known.zh if known else measure


def right_sum(row: CheckRow) -> str | None:
    """What would let a sum hold: the amount under suspicion as it would have to be, or the other side."""
    if row.relation is None:
        return None
    suspected = [part for part in row.parts if part.change is not None]
    if len(suspected) == 1:
        (part,) = suspected
        label = part.amount.label if part.amount else f"第 {part.place.line} 行"
        return f"若错在“{label}”（{measure_words(part.place.measure)}），应为 {part.yuan + (part.change or 0):,.2f} 元"
    if row.advisory:
        return f"报表：{row.summary.right:,.2f} 元"
    return "两边应相等" if row.relation == "equal" else "左边不应大于右边"
