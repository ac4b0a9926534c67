"""Which text layers may be used."""

import pytest

from extractors.pages.trust import reason_to_distrust
from extractors.pages.upright import Sheet, turn_of_text
from schemas.records import Box, Glyph

PAGE = (595.0, 842.0)
WHOLE = Box(0, 0, 595, 842)
PROSE = "本年度收入总计四百二十九万五千六百元，与上年相比减少。2023年度部门决算公开说明，1,234.56万元。"


def reason(text: str, hidden: int = 0, pictures: tuple[Box, ...] = ()) -> str | None:
    glyphs = [Glyph(letter, 0, 0, 1, 1) for letter in text]
    return reason_to_distrust(glyphs, hidden, pictures, *PAGE)


@pytest.mark.parametrize(
    "text", [PROSE, "1,234.56 " * 40, "目录 " + "…" * 300 + PROSE, "短文", "- 12 -", "第 3 页", "2026.03", "附件1"]
)
def test_plain_text_is_trusted(text: str) -> None:
    assert reason(text) is None


def test_an_empty_page_needs_nothing() -> None:
    assert reason("") is None


def test_a_picture_without_text_is_read_as_one() -> None:
    assert reason("", pictures=(WHOLE,)) == "picture_without_text"
    assert reason("第 3 页", pictures=(WHOLE,)) == "picture_with_stray_text"


def test_a_letterhead_is_no_scan() -> None:
    assert reason(PROSE, pictures=(Box(50, 50, 545, 150),)) is None


def test_a_picture_behind_printed_text_is_a_background() -> None:
    assert reason(PROSE, pictures=(WHOLE,)) is None


def test_text_hidden_over_a_picture_is_a_scanners_ocr() -> None:
    assert reason(PROSE, hidden=len(PROSE), pictures=(WHOLE,)) == "ocr_layer_over_picture"


@pytest.mark.parametrize(
    "text",
    [
        "L&£¬)*\xad®³° １３０４\ue010５UV，]^OP\xad® ４３８\ue010４UV、±²\xad® ８６６\ue010１UV",
        "!\"#$%&'()*+,-./0(12034%&'567789\":;<=>?@ABCDEFGHIJK" * 3,
        "".join(chr(0x7E00 + 7 * k) for k in range(60)),
        "\ufffd\ufffd\ufffd\ufffd\ufffd2026\ufffd\ufffd",
        "!\"#$%&2026'()",
    ],
)
def test_a_useless_map_is_distrusted(text: str) -> None:
    assert reason(text) == "no_usable_unicode_map"


def test_the_text_decides_which_way_is_up() -> None:
    assert turn_of_text([90.0] * 9 + [0.0], 0) == 90
    assert turn_of_text([0.0] * 9 + [90.0], 0) == 0
    assert turn_of_text([], 270) == 270
    assert turn_of_text([0.0, 90.0, 180.0], 90) == 90


def test_boxes_are_turned_upright() -> None:
    assert Sheet(0, 0, 100, 200, 0).upright()(10, 20, 30, 40) == (10, 160, 30, 180)
    assert Sheet(0, 0, 100, 200, 90).upright()(10, 20, 30, 40) == (20, 10, 40, 30)
    assert Sheet(0, 0, 100, 200, 180).upright()(10, 20, 30, 40) == (70, 20, 90, 40)
    assert Sheet(0, 0, 100, 200, 270).upright()(10, 20, 30, 40) == (160, 70, 180, 90)
    assert Sheet(0, 0, 100, 200, 90).size == (200, 100)
