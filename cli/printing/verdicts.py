"""How the verdicts on papers are told on the terminal, in Chinese and English."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from checks import Verdict
from cli.printing.faults import acknowledged_line, duties_line, print_faults, print_lapsed
from cli.printing.reasons import explained
from reading.questions.acknowledging import lapsed
from reading.questions.check_rows import CheckRow, Part
from reading.questions.checking import CheckedPaper
from reading.questions.faults import Fault
from reading.sources import readable_name
from schemas.dataset import dataset
from schemas.identities import Relation
from schemas.records import STATUS_WORDS, Status

STATUS_STYLES: Mapping[Status, str] = {
    "proven": "green",
    "repaired": "yellow",
    "unproven": "",
    "contradicted": "red",
    "source_inconsistent": "magenta",
}
VERDICTS: Mapping[Verdict, tuple[str, str, str]] = {
    "fails": ("✗", "不成立", "red"),
    "holds": ("✓", "成立", "green"),
    "not_applicable": ("–", "不适用", "dim"),
}
REMARK = ("!", "不成立", "yellow")
SIGNS = {1: "左 left", -1: "右 right", 0: ""}
RELATIONS: Mapping[tuple[Relation, Verdict], str] = {
    ("equal", "holds"): "=",
    ("equal", "fails"): "≠",
    ("at_most", "holds"): "≤",
    ("at_most", "fails"): ">",
}

OURS = "多数同式样文件不成立：错在本项目，不在发布者 / our identity, not the publisher: it fails in most such papers"
LEGEND = "← 可疑 suspect：金额这样变动，检查即成立 / changed by so much, it would let the checks hold"


def print_verdicts(
    papers: Sequence[CheckedPaper], unopened: Sequence[tuple[Path, str]], out: Console, *, everything: bool = False
) -> None:
    """Print each paper with its counts, its checks that are asked for and its faults; then how many came out how."""
    for paper in papers:
        for line in _heading(paper):
            out.print(line, soft_wrap=True)
        faults = {(fault.name, fault.subject): fault for fault in paper.faults}
        for row in paper.rows:
            fault = faults.get((row.summary.check_id, row.summary.subject))
            if fault or not (row.advisory and row.summary.verdict == "fails"):
                _print_check(row, paper, fault, out)
        print_faults(paper, out, everything=everything)
        out.print()
    known = {fault: entry for paper in papers for fault, entry in paper.acknowledged.items()}
    read = [paper.document.document_id for paper in papers if not paper.unread]
    print_lapsed(lapsed(known, read, [fault for paper in papers for fault in paper.faults]), out)
    for path, why in unopened:
        out.print(Text(f"! {readable_name(path)}：打不开 / cannot be opened：{why}", style="yellow"), soft_wrap=True)
    if any(part.change is not None for paper in papers for row in paper.rows for part in row.parts):
        out.print(LEGEND, soft_wrap=True)
    out.print(_total(papers), soft_wrap=True)


def _heading(paper: CheckedPaper) -> Iterator[Text]:
    mark, colour = _came_out(paper)
    document = paper.document
    told = ("、".join(paper.departments), document.fiscal_year, document.kind and _zh_en("kind", document.kind))
    yield Text("  ".join(str(part) for part in (mark, document.file_name, *told) if part), style=f"bold {colour}")
    for line in explained(document.status_reason) if document.status_reason else []:
        yield Text(f"  {line}", style="yellow")
    if paper.statuses:
        counted = [
            (
                f"{STATUS_WORDS[status][0]} {status} {paper.statuses.get(status, 0):,}",
                style if paper.statuses.get(status) else "dim",
            )
            for status, style in STATUS_STYLES.items()
            if status != "repaired" or paper.statuses.get(status)
        ]
        yield _listed("  金额 amounts：", counted)
    for said, verdicts in (("勾稽 checks： ", paper.verdicts), ("其他 remarks：", paper.remarks)):
        if verdicts:
            yield _listed(f"  {said}", list(_counted(verdicts)))
    if told_duties := duties_line(paper):
        yield told_duties


def _counted(verdicts: Mapping[Verdict, int]) -> Iterator[tuple[str, str]]:
    for verdict, (_, zh, style) in VERDICTS.items():
        count = verdicts.get(verdict, 0)
        yield f"{zh} {verdict} {count:,}", style if count else "dim"


def _came_out(paper: CheckedPaper) -> tuple[str, str]:
    if paper.unread:
        return "!", "yellow"
    if not paper.sound:
        return "✗", "red"
    return ("✓", "green") if paper.statuses else ("–", "yellow")


def _listed(said: str, parts: Sequence[tuple[str, str]]) -> Text:
    listed = Text(said)
    for number, part in enumerate(parts):
        listed.append(" · " if number else "", "dim").append(*part)
    return listed


def _print_check(row: CheckRow, paper: CheckedPaper, fault: Fault | None, out: Console) -> None:
    told = row.summary
    failing = told.verdict == "fails"
    ours = told.check_id in paper.ours
    said = paper.acknowledged.get(fault.id) if fault else None
    mild = failing and (row.advisory or ours or said is not None)
    mark, _, colour = REMARK if mild else VERDICTS[told.verdict]
    subject = told.subject if len(paper.departments) > 1 else told.subject.rpartition("|")[2]
    page = f"p. {fault.page}  " if fault and fault.page else ""
    out.print()
    out.print(
        Text.assemble(("  "), (f"{mark} {page}{told.title_zh}", f"bold {colour}"), f"  {told.title_en}"),
        soft_wrap=True,
    )
    out.print(Text("    " + "  ".join(filter(None, (told.check_id, subject))), style="dim"), soft_wrap=True)
    if ours and failing:
        out.print(Text(f"    {OURS}", style="yellow"), soft_wrap=True)
    if told.reason:
        out.print(Text(f"    不适用 not applicable：{told.reason}", style="dim"), soft_wrap=True)
    if fault and fault.kind == "remark" and fault.found != told.subject:
        out.print(Text(f"    “{fault.found}”"), soft_wrap=True)
    if row.relation:
        out.print(_sums(row, row.relation), soft_wrap=True)
    _print_parts(row.parts, out)
    if line := acknowledged_line(fault, said):
        out.print(line, soft_wrap=True)


def _sums(row: CheckRow, relation: Relation) -> Text:
    told = row.summary
    sign = RELATIONS[relation, told.verdict]
    return Text.assemble(
        f"    左 left {_money(told.left)} {sign} 右 right {_money(told.right)}  差 difference ",
        (_signed(told.difference), "bold red" if told.verdict == "fails" else ""),
        f"  容差 tolerance ±{_money(told.tolerance)}  元 yuan",
    )


def _print_parts(parts: Sequence[Part], out: Console) -> None:
    """A line for each amount, under the name of its form where they are of several."""
    several_forms = len({part.place.form for part in parts}) > 1
    for form, own in groupby(parts, key=lambda part: part.place.form):
        if several_forms:
            out.print(Text(f"      {_zh_en('form', form)}", style="dim"), soft_wrap=True)
        out.print(_grid(list(own)))


def _grid(parts: Sequence[Part]) -> Table:
    """Side, page, row, measure, as printed, in yuan, and the suspicion."""
    table = Table.grid(_left(), _left(), _right(), _left(), _left(), _right(), _right(), _left(), padding=(0, 2, 0, 0))
    for part in parts:
        cells = (_page(part), _label(part), _measure(part), _printed(part), _yuan(part))
        style = "" if part.change is None else "bold"
        table.add_row("    ", SIGNS[part.sign], *(Text(cell, style=style) for cell in cells), _suspicion(part))
    return table


def _left() -> Column:
    return Column(overflow="fold")


def _right() -> Column:
    return Column(justify="right", no_wrap=True)


def _page(part: Part) -> str:
    return f"p. {part.amount.page}" if part.amount else ""


def _label(part: Part) -> str:
    return part.amount.label if part.amount else f"第 {part.place.line} 行 line {part.place.line}"


def _measure(part: Part) -> str:
    """What its column measures, and for which budget where several split it."""
    fund = part.place.fund
    return _zh_en("measure", part.place.measure) + (f" · {_zh_en('fund', fund)}" if fund else "")


def _printed(part: Part) -> str:
    return f"{part.amount.printed} {part.amount.unit}" if part.amount else "空白 blank"


def _yuan(part: Part) -> str:
    """What the sums above add up, where the paper does not print it in 元."""
    return f"{_money(part.yuan)} 元" if part.amount and part.amount.unit != "元" else ""


def _suspicion(part: Part) -> Text:
    said = []
    if part.change is not None:
        said.append((f"← 可疑 suspect {_signed(part.change)}", "bold red"))
    if part.amount and part.amount.status in ("contradicted", "source_inconsistent"):
        status = part.amount.status
        said.append((f"{STATUS_WORDS[status][0]} {status}", STATUS_STYLES[status]))
    return _listed("", said)


def _total(papers: Sequence[CheckedPaper]) -> Text:
    counted = [
        (sum(not paper.sound and not paper.unread for paper in papers), "份有不成立的检查 with failing checks", "red"),
        (sum(paper.unread for paper in papers), "份未能读取 could not be read", "yellow"),
        (
            sum(paper.sound and not paper.statuses for paper in papers),
            "份没有可查的金额 with nothing to check",
            "yellow",
        ),
        (
            sum(paper.sound and bool(paper.statuses) for paper in papers),
            "份没有不成立的检查 without a failing check",
            "green",
        ),
    ]
    said = [(f"{count:,} {words}", style) for count, words, style in counted if count]
    return _listed(f"共 {len(papers):,} 份 papers：", said)


def _zh_en(vocabulary: str, value: str) -> str:
    described = dataset().vocabularies[vocabulary].values.get(value)
    return f"{described.zh} {value}" if described else value


def _money(yuan: Decimal) -> str:
    return f"{yuan:,.2f}"


def _signed(yuan: Decimal) -> str:
    return f"{yuan:+,.2f}"
