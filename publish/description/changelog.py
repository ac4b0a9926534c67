"""`CHANGELOG.md`: how many rows each table has and had, and what changed, paper by paper and amount by amount."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from publish.derived.changes_summary import AmountChange, ChangeSummary, PaperChange, release_summary
from schemas.dataset import dataset

CHANGELOG = "CHANGELOG.md"
TITLE = "# Changelog\n"

MOST = 20
"""So many papers and amounts are named one by one; `changes.parquet` has all."""


def changelog(
    version: str,
    rows: Mapping[str, int],
    before: tuple[str, Mapping[str, int]] | None,
    older: str,
    release: Path | None = None,
) -> str:
    """The whole file, newest release first.

    `before` is the previous version and its rows, None for a first release; `older` is that release's own changelog;
    `release` the folder whose table of changes is to be told, None where there is none.
    """
    history = older.removeprefix(TITLE)
    told = _changes(release_summary(release, MOST)) if release and before else ""
    return TITLE + "\n" + _section(version, rows, before) + told + history


def _section(version: str, rows: Mapping[str, int], before: tuple[str, Mapping[str, int]] | None) -> str:
    previous_version, previous = before or ("", {})
    against = f"Rows, against {previous_version}:" if before else "The first release."
    lines = [[table, str(count), f"{count - previous.get(table, 0):+d}"] for table, count in rows.items()]
    return f"## {version}\n\n{against}\n\n{_grid(['table', 'rows', 'change'], lines, numbers=2)}\n"


def _changes(summary: ChangeSummary) -> str:
    """What changed, in Markdown; a release of the same amounts says so."""
    if not summary.counted:
        return "\n没有变动 / nothing else changed.\n"
    counted = [
        [_both("change_subject", each.subject), _both("change", each.change), _both("change_reason", each.reason),
         f"{each.number:,}"]
        for each in summary.counted
    ]  # fmt: skip
    parts = [
        "### 变动 / What changed",
        _grid(["对象 / of", "变动 / change", "缘由 / why", "个数 / number"], counted, numbers=1),
        *_listed("文件 / Papers", [_paper(each) for each in summary.papers], summary.total("document")),
        *_listed("改变最大的金额 / Amounts that changed most", [_amount(each) for each in summary.amounts], None),
    ]
    return "\n" + "\n\n".join(parts) + "\n"


def _listed(title: str, lines: Sequence[str], total: int | None) -> Iterator[str]:
    if lines:
        yield f"#### {title}"
        yield "\n".join(lines)
    if total is not None and total > len(lines):
        yield f"其余 {total - len(lines):,} 份见 `changes.parquet` / the others stand in `changes.parquet`."


def _paper(paper: PaperChange) -> str:
    described = " ".join(str(part) for part in (paper.department, paper.fiscal_year) if part is not None)
    other = f" ↔ `{paper.counterpart_id[:12]}`" if paper.counterpart_id else ""
    sign = "+" if paper.change == "added" else "−"
    name = _escaped(f"{paper.file_name} {described}".strip())
    return f"- {sign} {name} (`{paper.document_id[:12]}`{other}): {_both('change_reason', paper.reason)}"


def _amount(amount: AmountChange) -> str:
    place = "/".join(str(part or "") for part in (amount.form, amount.side, amount.line, amount.measure))
    place += f"/{amount.fund}" if amount.fund else ""
    change = f"{amount.old_amount:,} → {amount.new_amount:,} 元"
    of = " ".join(filter(None, (amount.department, amount.organisation)))
    name = _escaped(f"{of} {amount.fiscal_year} {amount.name}")
    return f"- {name}: {change} (`{amount.document_id[:12]}` {place}; {_both('change_reason', amount.reason)})"


def _both(vocabulary: str, value: str) -> str:
    return f"{dataset().vocabularies[vocabulary].values[value].zh} / {value}"


def _grid(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: int) -> str:
    """A Markdown table whose last `numbers` columns are figures."""
    rule = ["---"] * (len(header) - numbers) + ["--:"] * numbers
    lines = ["| " + " | ".join(line) + " |" for line in (header, *rows)]
    return "\n".join([lines[0], "|" + "|".join(rule) + "|", *lines[1:]])


def _escaped(text: str) -> str:
    """Printed text that Markdown takes as it is: one line, nothing that it would format or link."""
    plain = " ".join(text.split())
    return "".join(f"\\{character}" if character in r"\`*_[]<>|#" else character for character in plain)
