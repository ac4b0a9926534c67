from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_prose import read_all, statements, told, unread

from extractors.prose.statements import Statement
from schemas.records import Kind

FINAL: Kind = "final_accounts"
BUDGET: Kind = "budget"
sums = st.decimals(min_value=0, max_value=10**6, places=2)

SAID: list[tuple[Kind, str, str]] = [
    # totals, changes, shares
    (FINAL, "2023年度收、支总计429.56万元，与上年相比，减少49.83万元，降低了10.39%。",
     "收入支出总计 total 429.56; 收入支出总计 change_yuan -49.83; 收入支出总计 change_percent -10.39"),
    (FINAL, "2023年度收、支总计均为100万元。与上年相比，收、支总计各增加5万元，增长5.26%。",
     "收入支出总计 total 100; 收入支出总计 change_yuan 5; 收入支出总计 change_percent 5.26"),
    (FINAL, "本年支出合计9759.38万元，其中：基本支出5377.64万元，占55.10%；项目支出4381.74万元，占44.90%。",
     "本年支出合计 total 9759.38; 基本支出 total 5377.64; 基本支出 share_percent 55.10; 项目支出 total 4381.74; "
     "项目支出 share_percent 44.90"),
    (FINAL, "机关运行经费支出100万元，同比下降3.2%，比预算数减少5万元，下降4.76%。",
     "机关运行经费 total 100; 机关运行经费 change_percent -3.2; 机关运行经费/比预算 change_yuan -5; "
     "机关运行经费/比预算 change_percent -4.76"),
    (FINAL, "2022年度收入总计100万元，2023年度收入总计110万元，比上年100万元增加10万元。",
     "收入总计/上年 total 100; 收入总计 total 110; 收入总计/上年 total 100; 收入总计 change_yuan 10"),
    # who is meant after parts were listed
    (FINAL, "收入合计100万元，其中：财政拨款收入90万元；其他收入10万元。与上年相比，增加5万元。",
     "收入合计 total 100; 财政拨款收入 total 90; 其他收入 total 10; 收入合计 change_yuan 5"),
    (FINAL, "收入合计100万元，较上年增加1万元。其中：财政拨款收入90万元。与年初预算数相比，增加5万元，增长5%。",
     "收入合计 total 100; 收入合计 change_yuan 1; 财政拨款收入 total 90; 收入合计/比年初预算 change_yuan 5; "
     "收入合计/比年初预算 change_percent 5"),
    # budget and final amount
    (FINAL, "财政拨款支出年初预算数为141.61万元，支出决算数为429.56万元，完成年初预算的303.34%。",
     "财政拨款支出 initial_budget 141.61; 财政拨款支出 final 429.56; 财政拨款支出 completion_percent 303.34"),
    (FINAL, "项目支出年初预算为0万元，全年预算为32.02万元，支出决算为30.82万元，完成全年预算数的96.25%。",
     "项目支出 initial_budget 0; 项目支出/全年预算 total 32.02; 项目支出 final 30.82; "
     "项目支出 completion_percent 96.25"),
    (FINAL, "机关运行经费支出305.82万元，比年初预算的15.55万元增加290.27万元，增长了1866.69%。",
     "机关运行经费 total 305.82; 机关运行经费 initial_budget 15.55; 机关运行经费/比年初预算 change_yuan 290.27; "
     "机关运行经费/比年初预算 change_percent 1866.69"),
    # 三公
    (FINAL, "“三公”经费财政拨款支出预算为10万元，支出决算为8万元，其中：公务接待费支出决算为8万元，占100%。",
     "三公经费 initial_budget 10; 三公经费 final 8; 公务接待费 final 8; 公务接待费 share_percent 100"),
    (FINAL, "公务用车运行维护费支出预算为0万元，支出决算为0万元，与预算数及上年数据持平。",
     "公务用车运行维护费 initial_budget 0; 公务用车运行维护费 final 0; 公务用车运行维护费 change_yuan 0"),
    (FINAL, "全年安排因公出国（境）团组2个、累计5人次。国内公务接待20批次，150人次（不包括陪同人员）。",
     "因公出国（境）团组 count 2; 因公出国（境）团组 count 5; 国内公务接待 count 20; 国内公务接待 count 150"),
    (BUDGET, "1.因公出国（境）经费：2023年预算安排0万元，与2022年预算持平。",
     "因公出国（境）费 total 0; 因公出国（境）费 change_yuan 0"),
    # parts of a 科目 are not the paper's; the year of a whole is that of its parts; names shared by several codes
    (BUDGET, "住房公积金80万元，其中：基本支出80万元，项目支出0元。",
     "住房公积金 total 80; 住房公积金/基本支出 total 80; 住房公积金/项目支出 total 0"),
    (BUDGET, "机构运行60万元。其中：基本支出50万元，项目支出10万元。",
     "机构运行 total 60; 机构运行/基本支出 total 50; 机构运行/项目支出 total 10"),
    (BUDGET, "2022年度“三公”经费合计支出9万元，其中：公务接待费4万元，公务用车运行费用5万元。",
     "三公经费/上年 total 9; 公务接待费/上年 total 4; 公务用车运行维护费/上年 total 5"),
    (BUDGET, "“三公”经费8万元，较上年增加7万元，原因是2022年公车费用另列。其中：公务接待费8万元，公务用车购置费0元。",
     "三公经费 total 8; 三公经费 change_yuan 7; 公务接待费 total 8; 公务用车购置费 total 0"),
    (BUDGET, "（二）卫生健康支出类科目30万元，占支出总预算的6%，同比减少2万元，下降6.25%。",
     "卫生健康支出 total 30; 卫生健康支出 share_percent 6; 卫生健康支出 change_yuan -2; "
     "卫生健康支出 change_percent -6.25"),
    (BUDGET, "收入预算70万元，比2022年60.00万元增长10.00万元。其中：一般公共预算拨款70万元，比2022年60万元增加10万元。",
     "收入总计 total 70; 收入总计/上年 total 60; 收入总计 change_yuan 10; 一般公共预算财政拨款收入 total 70; "
     "一般公共预算财政拨款收入/上年 total 60; 一般公共预算财政拨款收入 change_yuan 10"),
    (BUDGET, "公务接待费同口径比2022年减少3万元，下降7.4%。",
     "公务接待费 change_yuan -3; 公务接待费 change_percent -7.4"),
    (BUDGET, "1.工资福利支出较上年增7万元，增幅3.5%。", "工资福利支出 change_yuan 7; 工资福利支出 change_percent 3.5"),
    # what a final amount is above or below its budget by
    (FINAL, "培训费年初预算为3万元，支出决算为2万元，决算数小于年初预算数1万元。",
     "培训费 initial_budget 3; 培训费 final 2; 培训费/比年初预算 change_yuan -1"),
    (FINAL, "公务接待费支出2万元，年初预算为5万元，差值为3万元。",
     "公务接待费 total 2; 公务接待费 initial_budget 5; 公务接待费/比年初预算 change_yuan -3"),
    # what is named by its short name, in quotes, behind who pays for it, or by what was counted
    (BUDGET, "出国费用、车辆购置及运行费和接待费（简称“三公”经费）支出合计12万元，较上年减少1万元。",
     "三公经费 total 12; 三公经费 change_yuan -1"),
    (FINAL, "2023年实际支出“三公经费”决算为8万元。镇本级一般公共预算拨款安排的“三公”经费决算支出数为6万元。",
     "三公经费 final 8; 三公经费 final 6"),
    (FINAL, "国内公务接待20批次，150人次，共计支出1.23万元，较上年减少1万元。",
     "国内公务接待 count 20; 国内公务接待 count 150; 国内公务接待费 total 1.23; 国内公务接待费 change_yuan -1"),
    (FINAL, "“三公”经费支出决算为8万元，完成预算16万元的50%。其中：公务接待费支出决算为3万元，完成全年预算4万元的75%。",
     "三公经费 final 8; 三公经费 initial_budget 16; 三公经费 completion_percent 50; 公务接待费 final 3; "
     "公务接待费/全年预算 total 4; 公务接待费 completion_percent 75"),
    (FINAL, "各单位因公出国（境）经费、公务接待费、公车运行费（“三公”经费）决算总额20万元，比上年下降2%。",
     "三公经费 final 20; 三公经费 change_percent -2"),
    (FINAL, "因公出国（境）决算支出0元。执行公务、开展活动的就餐费等公务接待费决算支出7万元，较年初预算下降30%。",
     "因公出国（境）费 final 0; 公务接待费 final 7; 公务接待费/比年初预算 change_percent -30"),
    (BUDGET, "县本级安排“三公”经费支出预算中公务用车运行维护费为6万元，比上年减少1万元。",
     "公务用车运行维护费 total 6; 公务用车运行维护费 change_yuan -1"),
    (FINAL, "本单位本年度无公务用车购置费支出，较上年无变化。", "公务用车购置费 change_yuan 0"),
    (FINAL, "财政拨款收入500万元（其中，一般公共预算480万元，政府性基金预算20万元），占收入合计96.35%。",
     "财政拨款收入 total 500; 一般公共预算财政拨款收入 total 480; 政府性基金预算财政拨款收入 total 20; "
     "财政拨款收入 share_percent 96.35"),
    # procurement and assets
    (BUDGET, "政府采购预算9万元，其中：集中采购预算6万元，占66.67%；分散采购3万元，占33.33%。",
     "政府采购 total 9; 政府采购/集中采购 total 6; 政府采购/集中采购 share_percent 66.67; "
     "政府采购/分散采购 total 3; 政府采购/分散采购 share_percent 33.33"),
    (FINAL, "资产总额90万元，其中：（1）房屋及构筑物50万元，（2）通用设备40万元。",
     "资产总额 total 90; 房屋及构筑物 total 50; 通用设备 total 40"),
    # reasons and uses
    (BUDGET, "财政拨款支出100万元。主要原因是基本支出增加人员工资、提租补贴等33.97万元、项目支出减少11.34万元。",
     "财政拨款支出 total 100; 基本支出/人员工资、提租补贴等 change_yuan 33.97; 项目支出 change_yuan -11.34"),
    (FINAL, "支出总计增加5万元。主要原因：项目支出增加，较上年度增加6万元，主要由于办公楼装修3万元。",
     "支出总计 change_yuan 5; 项目支出 change_yuan 6"),
    (FINAL, "培训费10万元，主要用于干部培训3万元，比上年增加2万元，增长25%。", "培训费 total 10"),
    (FINAL, "培训费10万元，主要用于干部培训，比上年增加2万元，增长25%。",
     "培训费 total 10; 培训费 change_yuan 2; 培训费 change_percent 25"),
    (FINAL, "公务用车购置费0万元，与上年持平，主要原因是无车辆；公务用车运行费3万元，与上年持平。",
     "公务用车购置费 total 0; 公务用车购置费 change_yuan 0; 公务用车运行维护费 total 3; "
     "公务用车运行维护费 change_yuan 0"),
    # cars, machines, purchases
    (FINAL, "共有车辆3辆，其中：机要通信用车1辆、其他用车2辆；单价100万元（含）以上设备（不含车辆）4台（套）。",
     "车辆 count 3; 机要通信用车 count 1; 其他用车 count 2; 单价100万元（含）以上设备（不含车辆） count 4"),
    (BUDGET, "2023年部门预算安排购置车辆1辆，其中：机要通信用车0辆、其他用车1辆。",
     "安排购置车辆 count 1; 安排购置车辆/机要通信用车 count 0; 安排购置车辆/其他用车 count 1"),
    (FINAL, "政府采购支出总额12.74万元，其中：政府采购货物支出3.37万元、政府采购服务支出9.37万元。"
     "授予中小企业合同金额8.11万元，占政府采购支出总额的63.66%；货物采购授予中小企业合同金额占货物支出金额的100%。",
     "政府采购 total 12.74; 政府采购/货物 total 3.37; 政府采购/服务 total 9.37; 授予中小企业合同金额 total 8.11; "
     "授予中小企业合同金额 share_percent 63.66; 货物采购授予中小企业合同金额 share_percent 100"),
    (FINAL, "编报绩效目标的2023年度项目39个，涉及预算金额4415.48万元。",
     "编报绩效目标的项目 count 39; 编报绩效目标的项目 total 4415.48"),
    # budgets: last year's execution, items by heading or in lists, revenue and its funds
    (BUDGET, "1、公共安全支出（204类）司法（06款）行政运行（01项）16.72万元。主要用于：基本支出。"
     "2022年当年预算执行数为16.9万元，2023年预算安排16.72万元，比2022年预算执行数减少1.07%。主要原因是：退休。",
     "行政运行 total 16.72; 行政运行/上年执行数 total 16.9; 行政运行 total 16.72; 行政运行 change_percent -1.07"),
    (BUDGET, "（一）因公出国（境）费用。2023年预算数29.00万元，较2022年年初预算增加1万元，主要用于出访。",
     "因公出国（境）费 total 29; 因公出国（境）费 change_yuan 1"),
    (BUDGET, "公务用车购置费2023年预算数3万元，比上年减少1.5万元（33.33%）。",
     "公务用车购置费 total 3; 公务用车购置费 change_yuan -1.5; 公务用车购置费 change_percent -33.33"),
    (BUDGET, "公务用车购置及运行维护费9万元（公务用车购置费4万元；公务用车运行维护费5万元，比上年减少2万元。）"
     "比上年减少3万元。",
     "公务用车购置及运行维护费 total 9; 公务用车购置费 total 4; 公务用车运行维护费 total 5; "
     "公务用车运行维护费 change_yuan -2; 公务用车购置及运行维护费 change_yuan -3"),
    (BUDGET, "当年预算收入420万元，其中：一般公共预算拨款320万元、其他收入100万元，较上年增加20万元，增长5.00%。",
     "收入总计 total 420; 一般公共预算财政拨款收入 total 320; 其他收入 total 100; 收入总计 change_yuan 20; "
     "收入总计 change_percent 5.00"),
    (BUDGET, "上年结转结余的政府性基金预算收入0万元，占0%。",
     "政府性基金预算财政拨款收入/上年结转和结余 total 0; 政府性基金预算财政拨款收入/上年结转和结余 share_percent 0"),
    (BUDGET, "政府采购预算总额65万元：政府采购货物预算12万元、政府采购服务预算53万元；"
     "其中一般公共预算拨款政府采购40万元：政府采购货物预算10万元、政府采购服务预算30万元。",
     "政府采购 total 65; 政府采购/货物 total 12; 政府采购/服务 total 53; 政府采购/一般公共预算 total 40; "
     "政府采购/一般公共预算/货物 total 10; 政府采购/一般公共预算/服务 total 30"),
    (BUDGET, "2.审计管理业务506.95万元，主要用于审计。", "审计管理业务 total 506.95"),
    (BUDGET, "2023年收入预算100万元，比2022年年初预算数90万元增加10万元，增长11.11%。",
     "收入总计 total 100; 收入总计/上年 total 90; 收入总计 change_yuan 10; 收入总计 change_percent 11.11"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected"), SAID, ids=[text[:16] for _, text, _ in SAID])
def test_what_papers_say(kind: Kind, text: str, expected: str) -> None:
    rows = (row.rsplit(" ", 2) for row in expected.split("; "))
    assert told(text, kind) == [(name, fact, Decimal(value)) for name, fact, value in rows]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "一般公共服务支出（类）群众团体事务（款）行政运行（项）。\n年初预算为96.8万元，支出决算为372.36万元。",
            ["2012901"] * 2,
        ),
        ("“一般公共服务支出-群众团体事务-行政运行”科目1,202.95万元。", ["2012901"]),
        ("小学教育（2050202），2023年度决算数为7,970.38万元，比2022年度决算数增长0.39%。", ["2050202"] * 2),
        ("小学教育（2050204），2023年度决算数为7,970.38万元。", [None]),  # the code is another's
        ("（二）农林水（类）\n1．水利（款）行政运行（项）支出1.67万元，与上年相比减少0.1万元。", ["2130301"] * 2),
        ("教育支出425,287.27万元，占总支出的92.92%。", ["205"] * 2),
        ("公共安全支出（204类）司法（06款）行政运行（01项）1.67万元。", ["2040601"]),
        ("公共安全支出（204类）司法（06款）公证管理（01项）1.67万元。", [None]),  # the code is another's
        ("（一）2080201-行政运行993.77万元。", ["2080201"]),
        ("（一）2080299-行政运行993.77万元。", [None]),
        ("行政运行支出5万元。", [None]),
    ],
)
def test_items_are_found_in_the_classification(text: str, codes: list[str | None]) -> None:
    assert [statement.subject.code for statement in statements(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "基本支出5万元，项目支出3万元，分别比上年增加1万元、减少2万元，分别占60%、40%。",
        "收入合计100万元，其中：某专项20万元，占20%。",
        "按与上年统计口径一致相比，本年比上年减少161.96万元，下降了4.39%。",
        "与2022年度相比，收、支总计各增加（减少）100万元，增长（下降）5%。",
        "支出比2021年增加5万元。",
        "收入合计420万元，其中：财政拨款收入320万元、其他收入100万元，较上年增加20万元。",
        "财政拨款收入比上年减少-5万元。",
        "财政拨款收入12，345.67万元，占50%。",
    ],
)
def test_what_is_not_plain_is_no_fact_but_seen(text: str) -> None:
    assert unread(text)
    plain = {"收入合计", "财政拨款收入", "其他收入", "基本支出", "项目支出", "国内公务接待"}
    assert {name for name, fact, _ in told(text) if fact in ("total", "count")} <= plain
    assert not [fact for _, fact, _ in told(text) if fact not in ("total", "count")]


@pytest.mark.parametrize(
    "text",
    ["将纳入预算的工会经费40%部分划拨到我单位。", "主要原因是增加外事经费200万元，增减相抵后增加123.67万元。",
     "主要原因是享受处级待遇的1人退休。", "自2023年1月1日起执行。", "提高1.2个百分点。", "财政拨款收入XX万元，占××%。"],
)  # fmt: skip
def test_other_numbers_are_no_facts(text: str) -> None:
    assert told(text) == []


def test_the_direction_of_a_template_is_that_of_the_sum_before_it() -> None:
    said = "三公经费支出决算数比2022年度减少0.15万元，下降（增长）27.78%。"
    assert told(said)[1] == ("三公经费", "change_percent", Decimal("-27.78"))


def test_a_per_cent_without_its_sign_counts_where_its_parts_prove_it() -> None:
    said = "一般公共预算财政拨款支出9746.50万元。比上年增加1193.20万元，增长{}。"
    assert told(said.format("13.95"))[-1] == ("一般公共预算财政拨款支出", "change_percent", Decimal("13.95"))
    assert len(told(said.format("13.59"))) == 2


def test_revenue_alone_is_the_papers_only_where_the_section_is_about_it() -> None:
    assert told("收入0万元。", whole_paper=True) == [("收入总计", "total", Decimal(0))]
    assert told("政府性基金收入0万元，支出0万元。", whole_paper=False)[1:] == []


@given(sums, sums, sums, st.sampled_from([("增加", 1), ("减少", -1)]))
def test_the_values_are_those_of_the_text(
    total: Decimal, change: Decimal, share: Decimal, way: tuple[str, int]
) -> None:
    verb, sign = way
    text = f"财政拨款收入{total:,}万元，占本年收入合计的{share}%，与上年相比，{verb}{change}万元。"
    assert [s.value for s in statements(text)] == [total * 10_000, share, sign * change * 10_000]


@given(
    st.text(
        alphabet="收入支出比上年增加减少占完成预算决算其中主要原因，。；：、（）0123456789.,%万元人次 ", max_size=60
    )
)
def test_no_value_is_made_up(text: str) -> None:
    for read in read_all(text, FINAL, 2023, True, "function"):
        if isinstance(read, Statement) and read.value:
            printed = text[read.place.start : read.place.end]
            assert str(abs(read.value)).rstrip("0").strip(".").replace(".", "") in printed.replace(",", "").replace(
                ".", ""
            )
