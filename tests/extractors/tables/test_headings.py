"""Which words of an unruled header are one heading."""

from extractors.tables.unruled.headings import headings_in
from schemas.records import Box, Word

KNOWN = frozenset({"因公出国（境）费", "公务用车购置费", "公务接待费", "小计", "费小计"})
SIZE = 9.0


def words(*placed: tuple[str, float, float]) -> list[Word]:
    """Words by their text, their middle across and their middle down."""
    return [
        Word(text, Box(cx - len(text) * SIZE / 2, cy - SIZE / 2, cx + len(text) * SIZE / 2, cy + SIZE / 2))
        for text, cx, cy in placed
    ]


def test_the_last_letters_of_headings_side_by_side_stay_with_their_own() -> None:
    printed = words(
        ("因公出", 160, 142), ("国（境）", 160, 152), ("费", 160, 163),
        ("小计", 197, 163),
        ("公务用", 230, 153), ("车购置", 230, 163), ("费", 230, 174),
        ("公务", 262, 153), ("接待", 262, 163), ("费", 262, 174),
    )  # fmt: skip
    found = [heading.text for heading in headings_in(printed, KNOWN.__contains__)]
    assert found == ["因公出国（境）费", "小计", "公务用车购置费", "公务接待费"]


def test_letters_that_head_columns_by_themselves_are_no_heading_together() -> None:
    known = {*"类款项", "类款项", "金额"}
    apart, spaced = words(("类", 60, 10), ("款", 90, 10), ("项", 120, 10)), words(("金", 60, 10), ("额", 90, 10))
    assert [heading.text for heading in headings_in(apart, known.__contains__)] == ["类", "款", "项"]
    assert [heading.text for heading in headings_in(spaced, known.__contains__)] == ["金额"]
