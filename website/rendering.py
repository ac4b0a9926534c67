"""The site's templates: HTML that escapes what is printed, in Chinese and English at once, of which one is shown."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from publish.description.page_templates import grouped, percent, readable_size
from schemas.dataset import Described, dataset
from schemas.records import STATUS_WORDS, Status

HERE = Path(__file__).parent
STATUS_CLASSES: Mapping[Status, str] = {
    "proven": "p",
    "unproven": "u",
    "contradicted": "c",
    "repaired": "r",
    "source_inconsistent": "s",
}
"""The class that an amount's cell has; the style sheet gives each a colour and a sign."""
KIND_NAMES: Mapping[str | None, tuple[str, str]] = {
    "budget": ("部门预算", "budget"),
    "final_accounts": ("部门决算", "final accounts"),
}
WAN = Decimal(10_000)
YI = Decimal(100_000_000)


def rendered(template: str, **values: Any) -> str:
    """A page from a template; an unknown name in it is an error, never an empty place."""
    return _environment().get_template(template).render(**values)


def both(zh: object, en: object) -> Markup:
    """The same in Chinese and in English, of which the page shows one."""
    return Markup('<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>').format(zh, en)


def word(vocabulary: str, value: str | None) -> Markup:
    """A value of a closed list in both languages; itself where the list does not know it."""
    described = dataset().vocabularies[vocabulary].values.get(value or "")
    return both(described.zh, described.en) if described else escape(value or "")


def status_name(status: Status) -> Markup:
    """A status in a word."""
    return both(*STATUS_WORDS[status])


def kind_name(kind: str | None) -> Markup:
    """A kind of paper in a word or two."""
    return both(*KIND_NAMES.get(kind, ("种类不详", "kind not stated")))


def plain_number(number: Decimal) -> str:
    """Exact, without an exponent and without needless noughts."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(yuan: Decimal | None) -> str:
    """Exact yuan with thousands apart, whole ones without cents; a dash of nothing."""
    if yuan is None:
        return "—"
    return f"{yuan:,.0f}" if yuan == yuan.to_integral_value() else f"{yuan:,.2f}"


def round_money(yuan: Decimal | None) -> Markup:
    """Yuan for a glance: 1.2 亿元 or 120 million, rounded half to even; a dash of nothing."""
    if yuan is None:
        return Markup("—")
    size = abs(yuan)
    if size >= YI:
        zh = f"{yuan / YI:,.2f} 亿元"
    elif size >= WAN:
        zh = f"{yuan / WAN:,.1f} 万元"
    else:
        zh = f"{yuan:,.0f} 元"
    en = f"¥{yuan / 1_000_000:,.2f} million" if size >= 1_000_000 else f"¥{yuan:,.0f}"
    return both(zh, en)


def described(named: Described) -> Markup:
    """What has a meaning in both languages."""
    return both(named.zh, named.en)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"grouped": grouped, "money": money, "round_money": round_money, "size": readable_size}
    environment.globals |= {
        "both": both,
        "word": word,
        "percent": percent,
        "described": described,
        "kind_name": kind_name,
        "status_name": status_name,
        "status_classes": STATUS_CLASSES,
        "dataset": dataset(),
    }
    return environment
