import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.pages.titles import bare_name, organ, said, says_nothing

DEPARTMENT, GOVERNMENT = "department", "government"
FINAL, BUDGET = "final_accounts", "budget"


@pytest.mark.parametrize(
    ("title", "kind", "year", "department", "whose"),
    [
        ("省委办公厅（本级）2026年部门预算", BUDGET, 2026, "省委办公厅（本级）", DEPARTMENT),
        ("2013年度广东省财政厅预算", BUDGET, 2013, "广东省财政厅", DEPARTMENT),
        ("2014年广东省交通运输厅机关部门预算基本情况说明", BUDGET, 2014, "广东省交通运输厅机关", DEPARTMENT),
        ("广东省统计局2011年省级部门决算", FINAL, 2011, "广东省统计局", DEPARTMENT),
        ("广东省人民政府法制办公室2010年财政决算总表", FINAL, 2010, "广东省人民政府法制办公室", DEPARTMENT),
        (
            "上海市普陀区人民政府万里街道办事处2025年部门预算",
            BUDGET,
            2025,
            "上海市普陀区人民政府万里街道办事处",
            DEPARTMENT,
        ),
        ("中共上海市普陀区委社会工作部2024年度部门决算", FINAL, 2024, "中共上海市普陀区委社会工作部", DEPARTMENT),
        ("２０２３年度株洲市天元区总工会部门决算公开", FINAL, 2023, "株洲市天元区总工会", DEPARTMENT),
        ("二〇二三年度区档案馆部门决算", FINAL, 2023, "区档案馆", DEPARTMENT),
        ("2024年部门决算公开（市教育局）", FINAL, 2024, "市教育局", DEPARTMENT),
        ("关于公开天元区教育局2023年度部门决算的说明", FINAL, 2023, "天元区教育局", DEPARTMENT),
        ("附件1：某县第一中学2023年度单位决算.pdf", FINAL, 2023, "某县第一中学", DEPARTMENT),
        ("12.某县人民法院2024年部门预算（公开版）", BUDGET, 2024, "某县人民法院", DEPARTMENT),
        ("某乡人民政府2023年度部门决算", FINAL, 2023, "某乡人民政府", DEPARTMENT),
        ("某县水利局2024年预决算公开", None, 2024, "某县水利局", DEPARTMENT),
        ("2024年市级部门预算公开", BUDGET, 2024, None, DEPARTMENT),
        ("2026年市级政府预算公开", BUDGET, 2026, None, GOVERNMENT),
        ("某县财政局关于2023年财政决算（草案）和2024年上半年预算执行情况的报告", FINAL, 2023, "某县财政局", GOVERNMENT),
        ("关于吕梁市2018年全市和市本级预算执行情况与2019年全市和市本级预算草案的报告", BUDGET, 2019, None, GOVERNMENT),
        ("2.2026年市级财政拨款安排“三公”经费情况说明", None, 2026, None, GOVERNMENT),
        ("2023年天元区部门决算汇总", FINAL, 2023, None, GOVERNMENT),
        ("天元区2024年财政预算", BUDGET, 2024, None, GOVERNMENT),
        ("城关镇2024年财政预算", BUDGET, 2024, "城关镇", GOVERNMENT),
        ("城关镇2023年度决算", FINAL, 2023, "城关镇", None),
        ("一般公共预算支出表", BUDGET, None, None, None),
        ("市教育局", None, None, "市教育局", None),
        ("附件1", None, None, None, None),
        ("2023年度政务公开三公里便民圈", None, 2023, None, None),
    ],
)
def test_what_a_title_says(
    title: str, kind: str | None, year: int | None, department: str | None, whose: str | None
) -> None:
    told = said(title)
    assert (told.kind, told.fiscal_year, told.department, told.whose) == (kind, year, department, whose)
    assert told.excluded is None


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("省委办公厅2024年度部门整体支出绩效自评报告", "performance"),
        ("2023年度部门决算绩效自评报告", "performance"),
        ("项目支出自评表", "performance"),
        ("2024年部门预算及绩效目标公开", None),
        ("2023年度部门决算（含绩效自评）", None),
        ("关于批复2024年部门预算的通知", "notice"),
        ("某局关于公开2024年部门预算的通知", None),
        ("关于做好2024年部门预算编制工作的通知", "notice"),
        ("某县预算管理办法", "regulation"),
        ("中华人民共和国预算法", "regulation"),
        ("一图读懂2024年部门预算", "explanation"),
        ("2023年度部门决算审计报告", "audit"),
        ("某县审计局2023年度部门决算", None),
        ("某局2024年采购意向公告", "procurement"),
        ("政府采购预算表", None),
        ("2024年部门预算公开模板.xls", "template"),
        ("某局政府信息公开工作年度报告", "other_disclosure"),
    ],
)
def test_what_is_no_paper(title: str, reason: str | None) -> None:
    assert said(title).excluded == reason


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("46-1.某局2026年度部门预算.pdf", "某局2026年度部门预算"),
        ("3.2025年某局部门预算.PDF", "2025年某局部门预算"),
        ("附件2：2019年三公经费.xlsx", "2019年三公经费"),
        ("（一）某局 部门预算", "某局 部门预算"),
        ("2024年部门预算", "2024年部门预算"),
        ("0、目录", "目录"),
        ("附件1", "附件1"),
    ],
)
def test_numbers_and_suffixes_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    "name",
    ["附件", "附件1.pdf", "点击下载", "P020240920363636.pdf", "【附件2】", "下载附件：", "202402", "附件一", "PDF"],
)
def test_names_that_say_nothing(name: str) -> None:
    assert says_nothing(name)


@pytest.mark.parametrize("name", ["公开表", "某局", "2024年部门预算", "目录", "附件1：某局部门预算"])
def test_names_that_say_something(name: str) -> None:
    assert not says_nothing(name)


@pytest.mark.parametrize(
    "text", ["全市", "各部门", "市级", "更多", "省直单位", "某省人民政府门户网站", "信息公开", "部门", "2024年"]
)
def test_what_is_no_organisation(text: str) -> None:
    assert organ(text) is None


@given(st.text(alphabet="部门单位预决算草案公开及的（）0124年市县级财政局教育绩效汇总三公“”、附件1.：", max_size=60))
def test_any_wording_is_read(text: str) -> None:
    told = said(text)
    assert told.fiscal_year is None or 2000 <= told.fiscal_year < 2050
    assert told.whose is None or told.names_paper
    assert told.department is None or told.department in text.replace("“", "").replace("”", "")
