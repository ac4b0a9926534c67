"""Tables drawn at random, for the geometry alone: what is printed where, and the cells that a reader must find.

A `Design` says what a table prints, a `Style` how; a `Paper` has some of them. All of it follows from
one seed. Lengths are points, y downwards.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

GROUPS = ("本年支出", "财政拨款", "预算数", "决算数", "科目", "资金来源", "当年安排", "上年安排")
FIGURES = (
    *("合计", "小计", "基本支出", "项目支出", "财政拨款收入", "事业收入", "其他收入", "上级补助收入", "经营支出"),
    *("人员经费", "公用经费", "年初结转和结余", "一般公共预算", "政府性基金预算", "国有资本经营预算", "公务接待费"),
)
LABELS = ("科目名称", "项目", "单位名称", "功能科目名称")
NAMES = (
    *("一般公共服务支出", "行政运行", "机关服务", "教育支出", "培训支出", "机关事业单位基本养老保险缴费支出"),
    *(
        "住房公积金",
        "其他政府办公厅（室）及相关机构事务支出",
        "行政单位医疗",
        "购房补贴",
        "城市建设支出",
        "卫生健康支出",
    ),
    *("社会保障和就业支出", "机关事业单位职业年金缴费支出", "事业运行", "一般行政管理事务"),
)
TITLES = ("收入支出决算总表", "收入决算表", "支出决算表", "财政拨款支出预算表", "部门支出总体情况表", "基本支出预算表")

RUNNING = "某某市某某局2024年度部门决算公开"
SINGLE = 0.06
"""The share of tables with a single row of figures and no labels."""
KNOWN = 0.7
"""The share of papers whose headings are known: where a heading's lines stand as far apart as a header's levels do,
nothing else tells them from one another."""
MANY = 2
"""A header is only known to run over the pages of more tables than so many."""

Kind = Literal["code", "label", "figure"]
Rules = Literal["all", "across", "three_line", "header_only", "none"]
"""All rules; those between rows alone; above and below the header and below the table; the header's own; none."""
Row = tuple[str, ...]
"""The texts of a row's cells; `>` goes on with the cell on the left, `^` with that above."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over the headings below it, or over one column of a kind and a width."""

    text: str
    below: tuple["Heading", ...] = ()
    kind: Kind = "figure"
    width: float = 0.0

    def scaled(self, factor: float) -> "Heading":
        """The same heading over columns so many times as wide."""
        return replace(self, below=tuple(h.scaled(factor) for h in self.below), width=self.width * factor)

    def leaves(self) -> tuple["Heading", ...]:
        """The headings of single columns under this one, or itself."""
        return tuple(leaf for heading in self.below for leaf in heading.leaves()) or (self,)

    def depth(self) -> int:
        """The levels of headings from here down."""
        return 1 + max((heading.depth() for heading in self.below), default=0)


@dataclass(frozen=True)
class Design:
    """What a table prints: its title, its headings and its rows."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]

    @cached_property
    def columns(self) -> tuple[Heading, ...]:
        """The headings of single columns from left to right."""
        return tuple(leaf for heading in self.headings for leaf in heading.leaves())

    @property
    def width(self) -> float:
        """The width of all columns."""
        return sum(column.width for column in self.columns)

    @property
    def bands(self) -> tuple[Row, ...]:
        """Title and unit as rows of the table."""
        return tuple((text, *[">"] * (len(self.columns) - 1)) for text in (self.title, "单位：万元"))

    @cached_property
    def header(self) -> tuple[Row, ...]:
        """The rows of headings."""
        depth = max(heading.depth() for heading in self.headings)
        grid = [["^"] * len(self.columns) for _ in range(depth)]
        at = 0
        for heading in self.headings:
            _fill(grid, heading, 0, at)
            at += len(heading.leaves())
        return tuple(map(tuple, grid))


def _fill(grid: list[list[str]], heading: Heading, level: int, at: int) -> None:
    grid[level][at : at + len(heading.leaves())] = [heading.text, *[">"] * (len(heading.leaves()) - 1)]
    for below in heading.below:
        _fill(grid, below, level + 1, at)
        at += len(below.leaves())


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a table is printed.

    `rows_per_page` starts a new page after so many rows; `strips` are the numbers of columns that each page of a split
    sheet shows, in the order `order`; `repeat_labels` prints the columns left of the first figures on each of them.
    `fixed_rows` keeps a row's height whatever its label, which then overlaps its neighbours.
    `framed` prints title and unit as rows of the table, `stacked` begins it where the table before ends, in one frame.
    """

    rules: Rules = "all"
    size: float = 9
    row_height: float = 16
    padding: float = 2.5
    rows_per_page: int = 999
    repeat_header: bool = True
    repeat_title: bool = False
    strips: tuple[int, ...] = ()
    order: Literal["over", "down"] = "over"
    repeat_labels: bool = False
    share_page: bool = False
    framed: bool = False
    stacked: bool = False
    fixed_rows: bool = False
    centred_labels: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Tables one after the other; `footer` numbers the pages, `running` stands at the top of each."""

    tables: tuple[tuple[Design, Style], ...]
    footer: str = ""
    running: str = ""
    vocabulary: frozenset[str] = field(default=frozenset())


def made_paper(seed: int) -> Paper:
    """The paper of a seed."""
    rng = random.Random(seed)
    tables: list[tuple[Design, Style]] = []
    titles = rng.sample(TITLES, rng.randint(1, 4))
    for title in titles:
        rules: Rules = rng.choices(("all", "across", "three_line", "header_only", "none"), (10, 3, 4, 2, 4))[0]
        design = _design(rng, title, ruled=rules == "all")
        style = _style(rng, design, rules)
        if style.framed and tables and tables[-1][1].rules == "all" and not tables[-1][1].strips and rng.random() < 0.7:
            factor = tables[-1][0].width / design.width
            design = replace(design, headings=tuple(heading.scaled(max(factor, 1.0)) for heading in design.headings))
            style = replace(style, stacked=factor >= 1)
        tables.append((design, style))
    known = {heading.text for design, _ in tables for top in design.headings for heading in _all(top)}
    return Paper(
        tables=tuple(tables),
        footer=rng.choice(("", "第{n}页，共{all}页", "- {n} -", "{n}", "第 {n} 页 / 共 {all} 页")),
        running=rng.choice(("", RUNNING)) if len(tables) > MANY else "",
        vocabulary=frozenset(known if rng.random() < KNOWN or any(s.fixed_rows for _, s in tables) else ()),
    )


def _all(heading: Heading) -> Iterator[Heading]:
    yield heading
    for below in heading.below:
        yield from _all(below)


def _style(rng: random.Random, design: Design, rules: Rules) -> Style:
    size = rng.choice((8, 9, 10))
    style = Style(
        rules=rules,
        size=size,
        row_height=size * rng.uniform(1.7, 2.4),
        padding=rng.uniform(1.5, 5),
        rows_per_page=rng.choice((999, 999, rng.randint(6, 20))),
        repeat_header=rng.random() < 0.6,
        repeat_title=rng.random() < 0.2,
        share_page=rng.random() < 0.3,
        centred_labels=rules == "all" and rng.random() < 0.2,
    )
    if rules == "all" and len(design.columns) >= 4 and rng.random() < 0.25:
        return _split(rng, design, style)
    if rules == "none" and rng.random() < 0.3:
        return replace(style, fixed_rows=True, row_height=size * rng.uniform(1.4, 1.6))
    return replace(style, framed=rules == "all" and len(design.columns) > 1 and rng.random() < 0.35)


def _split(rng: random.Random, design: Design, style: Style) -> Style:
    columns = len(design.columns)
    labels = sum(column.kind != "figure" for column in design.columns)
    first = rng.randint(labels, columns - 1)
    rest = columns - first
    cut = rng.randint(1, rest - 1) if rest > 2 and rng.random() < 0.4 else 0
    strips = (first, cut, rest - cut) if cut else (first, rest)
    order: Literal["over", "down"] = rng.choice(("over", "down"))
    return replace(style, strips=strips, order=order, repeat_labels=labels > 0 and rng.random() < 0.3, share_page=False)


def _design(rng: random.Random, title: str, *, ruled: bool) -> Design:
    labels: list[Heading] = []
    single = rng.random() < SINGLE
    if rng.random() < 0.7:
        labels.append(Heading("科目编码", kind="code", width=rng.uniform(55, 75)))
    labels.append(Heading(rng.choice(LABELS), kind="label", width=rng.uniform(110, 190)))
    words = iter(rng.sample(FIGURES, len(FIGURES)))
    groups = iter(rng.sample(GROUPS, len(GROUPS)))
    figures: list[Heading] = []
    wanted = rng.randint(3 if single else 1, 8)
    while sum(len(heading.leaves()) for heading in figures) < wanted:
        figures.append(_figures(rng, words, groups, levels=rng.choices((1, 2, 3), (6, 3, 1))[0]))
    if ruled and len(labels) == 2 and rng.random() < 0.3:
        labels = [Heading("项目", tuple(labels))]
    if single:
        row = tuple(_amount(rng) for heading in figures for _ in heading.leaves())
        return Design(title, tuple(figures), (row,))
    headings = tuple([*labels, *figures][:8])
    design = Design(title, headings, ())
    return replace(design, rows=_rows(rng, design, merged_total=ruled and rng.random() < 0.5))


def _figures(rng: random.Random, words: Iterator[str], groups: Iterator[str], levels: int) -> Heading:
    if levels == 1:
        return Heading(next(words), width=rng.uniform(58, 85))
    below = [Heading(next(words), width=rng.uniform(58, 85)) for _ in range(rng.randint(1, 2))]
    return Heading(next(groups), (*below, _figures(rng, words, groups, levels - 1)))


def _rows(rng: random.Random, design: Design, *, merged_total: bool) -> tuple[Row, ...]:
    kinds = [column.kind for column in design.columns]
    rows = [_row(rng, kinds) for _ in range(rng.randint(3, 34))]
    total = [_amount(rng) if kind == "figure" else "" for kind in kinds]
    total[kinds.index("label")] = "合计"
    if merged_total and kinds[0] == "code":
        total[:2] = ["合计", ">"]
    rows.insert(rng.choice((0, len(rows))), tuple(total))
    return tuple(rows)


def _row(rng: random.Random, kinds: Sequence[Kind]) -> Row:
    code = "".join(rng.choices("123", k=3)) + "".join(rng.choices("0123456789", k=rng.choice((0, 2, 4))))
    some = {"code": lambda: code, "label": lambda: rng.choice(NAMES)}
    figures = [_amount(rng) if rng.random() < 0.75 else "" for kind in kinds if kind == "figure"]
    if not any(figures):
        figures[0] = _amount(rng)
    left = iter(figures)
    return tuple(next(left) if kind == "figure" else some[kind]() for kind in kinds)


def _amount(rng: random.Random) -> str:
    if rng.random() < 0.05:
        return "0.00"
    return f"{rng.randint(1, 10 ** rng.randint(4, 8)) / 100:,.2f}"
