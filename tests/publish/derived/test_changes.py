import random
from collections import Counter
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from publish.derived.changes import write_changes
from publish.errors import ReleaseDamagedError
from schemas.arrow import arrow_schema
from schemas.dataset import dataset
from tests.publish.made_tables import Row, item, later, paper, put, rows_of

Told = dict[str, Any]


def changes(tmp_path: Path, old: tuple[list[Row], list[Row]], new: tuple[list[Row], list[Row]]) -> list[Told]:
    building = put(tmp_path / "new", *new)
    write_changes(building, put(tmp_path / "old", *old))
    return rows_of(building / "changes.parquet")


def brief(rows: list[Told], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_a_first_release_has_no_changes(tmp_path: Path) -> None:
    building = put(tmp_path, [paper("a")], [item(paper("a"), 1, "5.00")])
    write_changes(building)
    stored = pq.read_table(building / "changes.parquet")
    assert (stored.num_rows, stored.schema) == (0, arrow_schema(dataset().derived["changes"]))
    assert (building / "csv" / "changes.csv").read_text("utf-8-sig").startswith("change_no,subject,change,reason,")


def test_the_same_release_has_none_either(tmp_path: Path) -> None:
    same = [paper("a")], [item(paper("a"), 1, "5.00")]
    assert changes(tmp_path, same, same) == []


def test_a_paper_that_came_and_one_that_went_are_told_with_their_amounts(tmp_path: Path) -> None:
    a, b = paper("a"), paper("b")
    told = changes(tmp_path, ([a], [item(a, 1, "5.00")]), ([b], [item(b, 1, "7.00")]))
    by_paper = {row["document_id"]: row["reason"] for row in told}
    assert by_paper == {a["document_id"]: "withdrawn", b["document_id"]: "new_paper"}
    assert {(row["subject"], row["change"], row["old_amount"], row["new_amount"]) for row in told} == {
        ("document", "removed", None, None),
        ("amount", "removed", Decimal("5.00"), None),
        ("document", "added", None, None),
        ("amount", "added", None, Decimal("7.00")),
    }


@pytest.mark.parametrize(
    ("edit", "change", "reason", "columns"),
    [
        ({"amount": Decimal("6.00"), "printed": "6.00"}, "changed", "reread", "amount printed"),
        ({"name": "合计", "code": "201"}, "changed", "reread", "code name"),
        ({"page": 2, "x0": 9.5}, "changed", "reread", "page x0"),
        ({"status": "contradicted"}, "changed", "rejudged", "status"),
        ({"amount": Decimal("6.00"), "reader": "correction"}, "changed", "corrected", "amount reader"),
    ],
)
def test_an_amount_read_otherwise_says_why(tmp_path: Path, edit: Row, change: str, reason: str, columns: str) -> None:
    a = paper("a")
    told = changes(tmp_path, ([a], [item(a, 1, "5.00")]), ([a], [item(a, 1, "5.00") | edit]))
    assert brief(told, "subject", "change", "reason", "columns") == [("amount", change, reason, columns)]


@pytest.mark.parametrize("dimension", [{"organisation": "甲中心"}, {"fund": "state_capital"}])
def test_amounts_of_one_line_are_told_apart_by_organisation_and_budget(tmp_path: Path, dimension: Row) -> None:
    a = paper("a")
    whole, part = item(a, 1, "5.00"), item(a, 1, "5.00", **dimension)
    told = changes(tmp_path, ([a], [whole, part]), ([a], [whole, part | {"amount": Decimal("4.00")}]))
    assert brief(told, "change", "columns", "old_amount", "new_amount", *dimension) == [
        ("changed", "amount", Decimal("5.00"), Decimal("4.00"), *dimension.values())
    ]


def test_a_release_from_before_there_were_organisations_is_compared(tmp_path: Path) -> None:
    a = paper("a")
    old = put(tmp_path / "old", [a], [item(a, 1, "5.00"), item(a, 2, "4.00")])
    file = old / "parquet" / "line_items.parquet"
    later_columns = ["amount_id", "organisation", "organisation_code", "fund", "item", "is_leaf", "status_reason"]
    pq.write_table(pq.read_table(file).drop_columns(later_columns), file)
    parts = [item(a, 2, amount, organisation=name) for name, amount in (("甲中心", "3.00"), ("乙中心", "1.00"))]
    new = put(tmp_path / "new", [a], [item(a, 1, "5.00"), *parts])
    write_changes(new, old)
    told = brief(rows_of(new / "changes.parquet"), "change", "organisation", "line", "old_amount", "new_amount")
    assert sorted(told, key=str) == sorted(
        [
            ("removed", None, 2, Decimal("4.00"), None),
            ("added", "甲中心", 2, None, Decimal("3.00")),
            ("added", "乙中心", 2, None, Decimal("1.00")),
        ],
        key=str,
    )


def test_a_correction_that_is_taken_back_is_a_correction(tmp_path: Path) -> None:
    a = paper("a")
    by_hand = item(a, 1, "6.00", reader="correction")
    assert [row["reason"] for row in changes(tmp_path, ([a], [by_hand]), ([a], [item(a, 1, "5.00")]))] == ["corrected"]


def test_what_is_said_of_a_paper_is_told_column_by_column(tmp_path: Path) -> None:
    a = paper("a", status="needs_ocr", portal="p")
    told = changes(tmp_path, ([a], []), ([a | {"status": "read", "portal": "q"}], []))
    assert sorted(brief(told, "columns", "reason", "old_text", "new_text")) == [
        ("portal", "described_anew", "p", "q"),
        ("status", "reread", "needs_ocr", "read"),
    ]


URL = "https://example.org/a.pdf"


@pytest.mark.parametrize("kept", [True, False], ids=["old paper kept", "old paper gone"])
def test_another_file_at_the_same_address_takes_the_place_of_the_first(tmp_path: Path, kept: bool) -> None:
    """A row put in before moves the lines; the rows are still found by what they say."""
    a, b = paper("a", source_url=URL), paper("b", source_url=URL, fetched_at=later(9))
    before = [item(a, 1, "5.00", name="合计"), item(a, 2, "4.00", name="教育支出"), item(a, 3, "1.00", name="国防支出")]
    now = [item(b, 1, "6.00", name="合计"), item(b, 2, "2.00", name="外交支出"), item(b, 3, "4.00", name="教育支出")]
    new = ([a, b], before + now) if kept else ([b], now)
    told = changes(tmp_path, ([a], before), new)
    amounts = [row for row in told if row["subject"] == "amount"]
    assert {(row["change"], row["reason"], row["name"], row["old_amount"], row["new_amount"]) for row in amounts} == {
        ("changed", "replaced", "合计", Decimal("5.00"), Decimal("6.00")),
        ("added", "replaced", "外交支出", None, Decimal("2.00")),
        ("removed", "replaced", "国防支出", Decimal("1.00"), None),
    }
    assert {(row["document_id"], row["counterpart_id"]) for row in amounts} == {
        (b["document_id"], a["document_id"]),
        (a["document_id"], b["document_id"]),
    }
    papers = sorted(brief([row for row in told if row["subject"] == "document"], "change", "reason", "new_text"))
    assert papers == [("added", "replaced", "b.pdf"), *([] if kept else [("removed", "replaced", None)])]


def test_the_files_of_one_archive_do_not_replace_each_other(tmp_path: Path) -> None:
    archive = "https://example.org/all.zip"
    a, b = paper("a", source_url=archive), paper("b", source_url=archive)
    new_b = paper("c", source_url=archive, file_name="b.pdf", fetched_at=later(3))
    told = changes(tmp_path, ([a, b], []), ([a, new_b], []))
    assert {(row["change"], row["document_id"], row["counterpart_id"]) for row in told} == {
        ("added", new_b["document_id"], b["document_id"]),
        ("removed", b["document_id"], new_b["document_id"]),
    }


def test_an_older_capture_that_is_found_later_replaces_nothing(tmp_path: Path) -> None:
    a, older = paper("a", source_url=URL), paper("b", source_url=URL, fetched_at=later(-30))
    assert [row["reason"] for row in changes(tmp_path, ([a], []), ([a, older], []))] == ["new_paper"]


def test_a_column_that_only_one_release_has_is_no_change(tmp_path: Path) -> None:
    a = paper("a")
    old = put(tmp_path / "old", [a], [item(a, 1, "5.00")])
    file = old / "parquet" / "line_items.parquet"
    pq.write_table(pq.read_table(file).drop_columns(["ruled"]), file)
    building = put(tmp_path / "new", [a], [item(a, 1, "5.00")])
    write_changes(building, old)
    assert rows_of(building / "changes.parquet") == []


def test_a_release_without_its_tables_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(ReleaseDamagedError):
        write_changes(put(tmp_path / "new", [], []), tmp_path / "nothing")


# Ten thousand edits, each noted as it is made, and what the release tells of them.

PAPERS, LINES, EDITS = 260, 60, 10_000
NOTED = ("subject", "change", "reason", "document_id", "counterpart_id", "line", "columns", "old_amount", "new_amount",
         "old_printed", "new_printed", "old_status", "new_status")  # fmt: skip


class Editor:
    """Makes random edits to a release and notes what should be told of each."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        places = [(number, f"https://example.org/{number}.pdf") for number in range(PAPERS)]
        self.old_papers = [paper(f"p{n}", source_url=url, fiscal_year=2018 + n % 7) for n, url in places]
        self.old_items = {
            of["document_id"]: [item(of, line, self._amount(), col=n % 5 + 1) for line in range(1, LINES + 1)]
            for n, of in enumerate(self.old_papers)
        }
        self.papers = {of["document_id"]: dict(of) for of in self.old_papers}
        self.items = {document_id: [dict(row) for row in rows] for document_id, rows in self.old_items.items()}
        self.noted: list[Told] = []
        self.edits = 0

    def _amount(self) -> str:
        return f"{self.random.randrange(10**9)}.{self.random.randrange(100):02}"

    def note(self, subject: str, change: str, reason: str, document_id: str, **other: Any) -> None:
        self.noted.append({"subject": subject, "change": change, "reason": reason, "document_id": document_id, **other})
        self.edits += 1

    def note_whole(self, change: str, reason: str, row: Row, counterpart: str | None = None) -> None:
        side = "new" if change == "added" else "old"
        values = {f"{side}_{name}": row[name] for name in ("amount", "printed", "status")}
        self.note("amount", change, reason, row["document_id"], line=row["line"], counterpart_id=counterpart, **values)

    def note_changed(self, reason: str, old: Row, new: Row, columns: str, counterpart: str | None = None) -> None:
        pairs = {f"{side}_{name}": row[name] for side, row in (("old", old), ("new", new))
                 for name in ("amount", "printed", "status")}  # fmt: skip
        place = {"line": new["line"], "columns": columns, "counterpart_id": counterpart}
        self.note("amount", "changed", reason, new["document_id"], **place, **pairs)

    def come(self) -> None:
        of = paper(f"new{self.edits}", fiscal_year=2026)
        self.papers[of["document_id"]] = of
        self.items[of["document_id"]] = [item(of, line, self._amount()) for line in range(1, 9)]
        self.note("document", "added", "new_paper", of["document_id"])
        for row in self.items[of["document_id"]]:
            self.note_whole("added", "new_paper", row)

    def go(self, document_id: str) -> None:
        self.note("document", "removed", "withdrawn", document_id)
        for row in self.items.pop(document_id):
            self.note_whole("removed", "withdrawn", row)
        del self.papers[document_id]

    def replace(self, document_id: str, kept: bool) -> None:
        of, rows = self.papers[document_id], self.items[document_id]
        new = {**of, **paper(f"re{document_id}"), "source_url": of["source_url"], "fiscal_year": of["fiscal_year"],
               "fetched_at": later(20)}  # fmt: skip
        successor = new["document_id"]
        dropped = self.random.randrange(len(rows))
        self.items[successor] = [{**row, "document_id": successor, "page": 7} for row in rows]
        self.note_whole("removed", "replaced", rows[dropped], successor)
        del self.items[successor][dropped]
        changed = self.random.choice(self.items[successor])
        before = dict(changed)
        changed |= {"amount": before["amount"] + 1, "printed": before["printed"] + "*"}
        self.note_changed("replaced", before, changed, "amount printed", document_id)
        added = item(new, LINES + 1, self._amount())
        self.items[successor].append(added)
        self.note_whole("added", "replaced", added, document_id)
        self.papers[successor] = new
        self.note("document", "added", "replaced", successor, counterpart_id=document_id)
        if not kept:
            del self.papers[document_id], self.items[document_id]
            self.note("document", "removed", "replaced", document_id, counterpart_id=successor)

    def edit_amounts(self, document_id: str) -> None:
        """About three of four lines, each once, in one of six ways; and perhaps the paper's date."""
        for place in self.random.sample(range(LINES), 45):
            old = self.items[document_id][place]
            match self.random.randrange(6):
                case 0:
                    self._set(document_id, place, "reread", "amount printed", amount=old["amount"] + 3, printed="三")
                case 1:
                    self._set(document_id, place, "rejudged", "status", status="unproven")
                case 2:
                    self._set(document_id, place, "corrected", "amount reader", amount=-old["amount"] - 1,
                              reader="correction")  # fmt: skip
                case 3:
                    self._set(document_id, place, "reread", "name y1", name="改", y1=old["y1"] + 0.125)
                case 4:
                    self.items[document_id][place] = {}
                    self.note_whole("removed", "reread", old)
                case 5:
                    added = item(self.papers[document_id], LINES + 1 + place, self._amount())
                    self.items[document_id].append(added)
                    self.note_whole("added", "reread", added)
        self.items[document_id] = [row for row in self.items[document_id] if row]
        if self.random.random() < 0.3:
            self.papers[document_id]["page_count"] = 4
            self.note("metadata", "changed", "reread", document_id, columns="page_count")

    def _set(self, document_id: str, place: int, reason: str, columns: str, **values: Any) -> None:
        old = self.items[document_id][place]
        new = self.items[document_id][place] = {**old, **values}
        self.note_changed(reason, old, new, columns)


@pytest.mark.parametrize(("seed", "by_year"), [(1, False), (2, True)])
def test_ten_thousand_edits_are_told_back_without_one_missing_or_invented(
    tmp_path: Path, seed: int, by_year: bool
) -> None:
    editor = Editor(seed)
    whole, edited = editor.old_papers[:20], editor.old_papers[20:]
    for number, of in enumerate(whole):
        editor.replace(of["document_id"], kept=number % 2 == 0) if number < 14 else editor.go(of["document_id"])
        editor.come()
    for of in edited:
        if editor.edits < EDITS:
            editor.edit_amounts(of["document_id"])
    assert editor.edits >= EDITS
    old = put(tmp_path / "old", editor.old_papers, chain.from_iterable(editor.old_items.values()), by_year=by_year)
    new = put(tmp_path / "new", editor.papers.values(), chain.from_iterable(editor.items.values()), by_year=by_year)
    write_changes(new, old)
    told = rows_of(new / "changes.parquet")
    assert [row["change_no"] for row in told] == list(range(1, len(told) + 1))
    expected = Counter(tuple(row.get(name) for name in NOTED) for row in editor.noted)
    found = Counter(brief(told, *NOTED))
    assert found - expected == Counter(), "invented"
    assert expected - found == Counter(), "missing"


def test_the_bytes_do_not_depend_on_the_number_of_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = Editor(3)
    for of in editor.old_papers[:40]:
        editor.edit_amounts(of["document_id"])
    editor.come()
    old = put(tmp_path / "old", editor.old_papers, chain.from_iterable(editor.old_items.values()))
    written = []
    for threads in (1, 4):
        monkeypatch.setattr("publish.tables.querying.THREADS", threads)
        new = put(tmp_path / f"new{threads}", editor.papers.values(), chain.from_iterable(editor.items.values()))
        write_changes(new, old)
        written.append((new / "changes.parquet").read_bytes() + (new / "csv" / "changes.csv").read_bytes())
    assert written[0] == written[1]
