"""项目支出绩效自评表: a table that is none of the contract's forms, as papers append one for each project.

It prints amounts too, none of which is a line item.
"""

from samples.accounts import Accounts, Spending
from samples.forms.house import HouseStyle, Imprint, printed_table
from samples.paper import Column, Line, Panel, PrintedTable

KEYS = {"kind": "一级指标", "indicator": "二级指标", "planned": "年度指标值", "reached": "实际完成值", "score": "得分"}
INDICATORS = (
    ("产出指标", "数量指标", "按计划完成", "完成", "20"),
    ("产出指标", "质量指标", "100%", "100%", "20"),
    ("产出指标", "时效指标", "12月底前", "12月底前", "10"),
    ("效益指标", "社会效益指标", "有所提升", "有所提升", "30"),
    ("满意度指标", "服务对象满意度", "≥90%", "95%", "10"),
)


def appraisal_table(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print the appraisal of the department's first project."""
    project = next(spending for spending in accounts.spendings if spending.project)
    columns = tuple(Column("words", (heading,), key) for key, heading in KEYS.items())
    money = (Column("amount", ("全年预算数",), "budgeted"), Column("amount", ("全年执行数",), "spent"))
    panel = Panel((*columns[:2], *money, *columns[2:]), (_funds(accounts, project), *map(_indicator, INDICATORS)))
    imprint = Imprint(None, f"{accounts.year}年度项目支出绩效自评表", 1)
    return printed_table(accounts, style, imprint, (panel,), column_numbers=False)


def _funds(accounts: Accounts, project: Spending) -> Line:
    amounts = {"budgeted": project.project + project.closing, "spent": project.project}
    return Line(amounts=amounts, words={"kind": "项目资金", "indicator": accounts.names[project.code], "score": "10"})


def _indicator(values: tuple[str, ...]) -> Line:
    return Line(words=dict(zip(KEYS, values, strict=True)))
