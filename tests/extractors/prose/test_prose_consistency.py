from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_prose import statements

from extractors.prose.arithmetic import Rounded, is_change_of, is_percentage_of
from extractors.prose.naming import Naming
from extractors.prose.paragraphs import Paragraph
from extractors.prose.words.consistency import against_words, inconsistent
from extractors.prose.words.leftovers import leftovers

HALF_CENT = Decimal("0.005")
sums = st.decimals(min_value=Decimal("0.01"), max_value=10**6, places=2)


def _found(text: str) -> list[str]:
    said = statements(text)
    return [seen.code for seen in inconsistent(said, said, Naming("function", 2023))]


def _against_words(text: str) -> list[str]:
    return [seen.code for seen in against_words(Paragraph(text, ((0, 1),)), statements(text))]


@given(sums, sums)
def test_a_rounded_share_is_always_one_of_its_parts(part: Decimal, whole: Decimal) -> None:
    percent = (100 * part / whole).quantize(Decimal("0.01"))
    assert is_percentage_of(Rounded(percent, HALF_CENT), Rounded(part, HALF_CENT), Rounded(whole, HALF_CENT)) in (
        True,
        None,
    )


@given(sums, sums)
def test_a_rounded_change_is_always_one_of_its_parts(before: Decimal, change: Decimal) -> None:
    percent = (100 * change / before).quantize(Decimal("0.01"))
    now = Rounded(before + change, HALF_CENT)
    assert is_change_of(Rounded(percent, HALF_CENT), Rounded(change, HALF_CENT), now) in (True, None)


def test_nothing_follows_from_a_whole_that_can_be_zero() -> None:
    assert (
        is_percentage_of(
            Rounded(Decimal(100), HALF_CENT), Rounded(Decimal(1), HALF_CENT), Rounded(Decimal(0), HALF_CENT)
        )
        is None
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("支出合计429.56万元，其中：基本支出417.31万元，占97.15%。", []),
        ("支出合计429.56万元，其中：基本支出417.31万元，占97.16%。", ["prose_share_not_recomputed"]),
        ("2023年“三公”经费中，公务接待费7万元，占43.75%；公务用车运行维护费9万元，占56.25%。", []),
        (
            "收入合计80.00万元。\n事业收入20.00万元，占25%；\n经营收入40.00万元，占50%；\n其他收入20.00万元，占26%。",
            ["prose_share_not_recomputed"],
        ),
        ("2022年度“三公”经费9万元，其中：公务接待费5万元。2023年公务接待费4万元，较上年减少1万元，下降20%。", []),
        ("基本支出417.31万元，占97.15%。", []),  # the whole is not stated
        ("支出总计457,676.75万元。财政拨款支出237,100.00万元，其中基本支出199,015.13万元，占总支出的83.94%。", []),
        ("收入合计429.56万元，与上年相比，减少49.83万元，降低了10.39%。", []),
        ("收入合计429.56万元，与上年相比，减少49.83万元，降低了11.60%。", ["prose_change_not_recomputed"]),
        ("收入合计429.56万元，与上年相比，减少49.83万元，增长10.39%。", ["prose_direction_contradicted"]),
        ("基本支出年初预算为100万元，支出决算为95万元，完成年初预算的95%。", []),
        ("基本支出年初预算为100万元，支出决算为95万元，完成年初预算的59%。", ["prose_completion_not_recomputed"]),
        ("基本支出年初预算为0万元，全年预算为100万元，支出决算为95万元，完成年初预算的95%。", []),
    ],
)
def test_per_cents_are_recomputed_from_their_parts(text: str, codes: list[str]) -> None:
    assert _found(text) == codes


@pytest.mark.parametrize(
    ("words", "contradicted"),
    [
        ("决算数小于预算数", False),
        ("决算数大于年初预算数", True),
        ("决算数与年初预算数持平", True),
        ("决算数小于全年预算数", False),
    ],
)
def test_larger_and_smaller_are_held_against_the_amounts(words: str, contradicted: bool) -> None:
    text = f"基本支出年初预算为100万元，支出决算为95万元。{words}的主要原因：人员减少。"
    assert _against_words(text) == (["prose_direction_contradicted"] if contradicted else [])


def test_amounts_that_rounding_can_have_made_equal_may_be_smaller() -> None:
    assert _against_words("基本支出年初预算为100.00万元，支出决算为100.00万元。决算数小于预算数。") == []
    assert _against_words("基本支出年初预算为100.00万元，支出决算为100.00万元。决算数同预算数持平。") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("财政拨款收入XX万元，占××%。", ["prose_placeholder", "prose_placeholder"]),
        ("本部门共有车辆Ｘ辆。", ["prose_placeholder"]),
        ("比上年增加（减少）0万元。", ["prose_alternative_left_standing"]),
        ("比上年增加/减少0万元。", ["prose_alternative_left_standing"]),
        ("政府性基金支出预算支出万元。", ["prose_figure_blank"]),
        ("增加1193.20万元，增长13.95。", ["prose_unit_missing"]),
        ("单位：万元，支出100多万元，增长13.95%。", []),
    ],
)
def test_what_a_template_left_standing(text: str, codes: list[str]) -> None:
    assert [seen.code for seen in leftovers(Paragraph(text, ((0, 1),)))] == codes
