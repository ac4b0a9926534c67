"""Rows that Jiangsu's forms alone have: sources of funds beside a spanning group label, and what is to be purchased."""

from decimal import Decimal

from samples.accounts import Accounts, Source, revenue_of
from samples.forms.halves import AMOUNT
from samples.paper import Line

GROUPS: dict[str, tuple[tuple[Source | None, str], ...]] = {
    "一般公共预算资金": (("general_public_budget", "公共财政拨款(补助)资金"), (None, "专项收入")),
    "政府性基金": (("government_fund", ""),),
    "国有资本经营预算": (("state_capital", ""),),
    "财政专户管理资金": ((None, "专户管理教育收费"), ("undertaking", "其他非税收入")),
    "其他资金": (
        ("superior_subsidy", "上级补助收入"),
        ("operating_income", "经营收入"),
        ("affiliate_remittance", "附属单位上缴收入"),
        ("other", "其他收入"),
        (None, "债务资金(银行贷款)"),
    ),
    "上年结转和结余资金": ((None, "动用上年结转和结余资金"),),
}
"""The labels beside each group label, and the source that pays; a group of one source prints its 小计 alone."""
PURCHASES = (
    ("货物", "", "302|商品和服务支出", "办公耗材", "分散采购", 6),
    ("货物", "办公设备更新", "310|资本性支出", "台式计算机", "政府集中采购", 9),
    ("货物", "办公设备更新", "310|资本性支出", "多功能一体机", "政府集中采购", 2),
    ("服务", "信息系统运行维护", "302|商品和服务支出", "软件运维服务", "政府集中采购", 18),
    ("服务", "", "302|商品和服务支出", "物业管理服务", "部门集中采购", 25),
)


def sources_of_funds(accounts: Accounts) -> tuple[Line, ...]:
    """List a 小计 for each group of sources, then its sources."""
    return tuple(line for group in GROUPS for line in _group(accounts, group))


def _group(accounts: Accounts, group: str) -> list[Line]:
    members = [
        (label, revenue_of(accounts.paid_from(source)) if source else Decimal(0)) for source, label in GROUPS[group]
    ]
    subtotal = sum((amount for _, amount in members), Decimal(0))
    lines = [Line("小计", {AMOUNT: subtotal or None}, group=group)]
    for label, amount in members:
        if label:
            lines.append(Line(label, {AMOUNT: amount or None}, group=group, ordinal=_ordinal(label)))
    return lines


def _ordinal(label: str) -> str:
    return "其中：" if label.startswith("动用") else ""


def purchases(accounts: Accounts) -> tuple[Line, ...]:
    """List what 政府采购 buys: a total, then a row for each thing, in thousandths of the public-use expenditure."""
    part = accounts.economic("302", "310") // 1000 // 100 * 100
    rows = [
        Line(
            amounts={AMOUNT: part * share},
            name=item,
            words={"kind": kind, "project": project, "economic": economic.partition("|")[2], "item": item, "way": way},
        )
        for kind, project, economic, item, way, share in PURCHASES
    ]
    total = Line(
        amounts={AMOUNT: sum((part * share for *_, share in PURCHASES), Decimal(0))},
        name="合计",
        words={"kind": "合计"},
        strong=True,
    )
    return (total, *rows)
