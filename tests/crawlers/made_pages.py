"""Pages of portals typeset here, family by family, with what must not be taken for a paper beside what must."""

from collections.abc import Iterable

from schemas.portals import Entry, Family, Portal

NAVIGATION = """
<div class="header"><div class="nav"><ul>
  <li><a href="/">首页</a></li><li><a href="/zwgk/index.html">政务公开</a></li>
  <li><a href="/zwgk/cgxx/index.html">政府采购</a></li><li><a href="/files/user_manual.pdf">网站使用手册</a></li>
  <li><a href="/files/2023wzgz.pdf">2023年度网站工作年度报表</a></li>
</ul></div></div>
"""
FOOTER = """
<div class="footer"><a href="/about.html">关于我们</a><a href="https://beian.miit.gov.cn/">某ICP备12345678号</a></div>
"""


def portal(family: Family, address: str, **more: object) -> Portal:
    """A portal of one entry, of which the departments' papers alone are wanted."""
    given = {
        "levels": ("department",),
        "id": "made",
        "name": "某市",
        "division_code": "430211",
        "family": family,
        "entries": (Entry(address=address),),
    }
    return Portal.model_validate({**given, **more})


def page(title: str, body: str, *, head: str = "", encoding: str = "utf-8") -> bytes:
    """A whole page with navigation and footer."""
    text = (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>{title}</title>{head}</head>'
        f"<body>{NAVIGATION}{body}{FOOTER}</body></html>"
    )
    return text.encode(encoding)


def article(title: str, body: str, *, published: str = "2024-09-20 10:00", column: str = "") -> bytes:
    """An article with the meta tags that government sites carry."""
    tags = {"ArticleTitle": title, "PubDate": published, "ColumnName": column}
    head = "".join(f'<meta name="{name}" content="{content}">' for name, content in tags.items())
    return page(f"{title}_某市人民政府", f'<div class="content"><h2>{title}</h2>{body}</div>', head=head)


def items(links: Iterable[tuple[str, str, str]]) -> str:
    """List rows of address, text and day."""
    rows = "".join(
        f'<li><a href="{href}" title="{text}">{text}</a><span>{day}</span></li>' for href, text, day in links
    )
    return f'<ul class="list">{rows}</ul>'


TRAPS = (
    ("./202403/t20240301_900001.html", "某区2023年财政决算（草案）的报告", "2024-03-01"),
    ("./202403/t20240302_900002.html", "关于批复2024年部门预算的通知", "2024-03-02"),
    ("./202403/t20240303_900003.html", "某区教育局2023年度部门整体支出绩效自评报告", "2024-03-03"),
    ("./202403/t20240304_900004.html", "2024年政府预算公开", "2024-03-04"),
    ("./202403/t20240305_900005.html", "某区财政局政府采购意向公告", "2024-03-05"),
    ("./202403/t20240306_900006.html", "一图读懂2024年部门预算", "2024-03-06"),
)
"""Rows of a list that lead to no department's paper."""
