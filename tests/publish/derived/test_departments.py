import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from publish.derived.departments import TAKEN, write_departments
from publish.derived.departments_kept import keep_rows
from publish.derived.departments_sources import Source, column_sources
from publish.tables.querying import querying
from schemas.dataset import dataset
from tests.publish.made_tables import NOON, Row, item, later, paper, put, rows_of

SUMMARY = "revenue_expenditure_summary"


def revenue(of: Row, line: int, amount: str, name: str = "收入总计", **other: Any) -> Row:
    return item(of, line, amount, form=SUMMARY, side="revenue", name=name, measure="amount", **other)


def spending(of: Row, line: int, amount: str, name: str = "支出总计", **other: Any) -> Row:
    return item(of, line, amount, form=SUMMARY, side="expenditure", name=name, measure="amount", **other)


def three_public(of: Row, line: int, amount: str, name: str, measure: str = "final") -> Row:
    return item(of, line, amount, form="three_public", name=name, measure=measure)


def departments(folder: Path, papers: list[Row], items: list[Row]) -> list[Row]:
    write_departments(put(folder, papers, items))
    return rows_of(folder / "parquet" / "departments.parquet")


def test_every_amount_column_has_its_sources() -> None:
    table = dataset().derived["departments"]
    computed = {"budget_spending", "share_proven"} | {
        name for name in table.column_names if name.endswith(("_change", "_less_budget"))
    }
    amounts = {column.name for column in table.columns if column.type.startswith("decimal")}
    assert set(column_sources()) == amounts - computed


@pytest.mark.parametrize(
    "broken",
    [
        {"form": "no_form", "names": ["合计"], "measures": ["total"]},
        {"form": SUMMARY, "names": ["合计"], "measures": ["final"]},
        {"form": SUMMARY, "measures": ["amount"]},
        {"form": SUMMARY, "names": ["合计"], "codes": ["205"], "measures": ["amount"]},
        {"form": SUMMARY, "side": "left", "names": ["合计"], "measures": ["amount"]},
    ],
)
def test_a_source_that_names_nothing_known_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"no such|go by names or by codes"):
        Source.model_validate(broken)


def test_a_row_is_what_the_forms_print_and_null_where_they_print_nothing(tmp_path: Path) -> None:
    a = paper("a", portal="p", division_code="310107")
    items = [
        revenue(a, 1, "90.00", "本年收入合计"),
        revenue(a, 2, "10.00", "年初结转和结余"),
        revenue(a, 3, "100.00", "总计", status="unproven"),
        spending(a, 1, "70.00", "教育支出", code="205"),
        spending(a, 2, "95.00", "本年支出合计"),
        item(a, 1, "95.00", name="合计"),
        item(a, 1, "60.00", name="合计", measure="basic"),
        three_public(a, 1, "3.00", "合计"),
        three_public(a, 1, "4.00", "合计", "budget"),
        three_public(a, 2, "0.00", "公务接待费"),
    ]
    (row,) = departments(tmp_path, [a], items)
    told = {name: value for name, value in row.items() if value is not None}
    assert told == {
        "division_code": "310107",
        "department": "某某局",
        "kind": "final_accounts",
        "fiscal_year": 2023,
        "portal": "p",
        "document_id": a["document_id"],
        "revenue": Decimal("90.00"),
        "revenue_total": Decimal("100.00"),
        "spending": Decimal("95.00"),
        "basic": Decimal("60.00"),
        "three_public": Decimal("3.00"),
        "three_public_budget": Decimal("4.00"),
        "receptions": Decimal("0.00"),
        "spending_205": Decimal("70.00"),
        "amounts": 8,
        "share_proven": Decimal("0.8750"),
    }


def test_two_different_amounts_for_a_column_give_none(tmp_path: Path) -> None:
    a = paper("a")
    (row,) = departments(tmp_path, [a], [revenue(a, 1, "5.00"), revenue(a, 9, "6.00")])
    assert row["revenue_total"] is None


def test_a_total_that_holds_more_is_not_taken_for_the_year_or_for_the_three(tmp_path: Path) -> None:
    a = paper("a")
    items = [
        revenue(a, 1, "10.00", "上年结转"),
        revenue(a, 2, "100.00"),
        three_public(a, 1, "9.00", "合计"),
        three_public(a, 2, "2.00", "会议费"),
    ]
    (row,) = departments(tmp_path, [a], items)
    assert (row["revenue"], row["revenue_total"], row["three_public"]) == (None, Decimal("100.00"), None)


def test_the_department_s_own_rows_count_and_those_of_its_organisations_do_not(tmp_path: Path) -> None:
    a = paper("a")
    items = [
        item(a, 1, "9.00", name="合计", measure="basic"),
        item(a, 2, "4.00", name="合计", measure="basic", organisation="甲中心"),
        item(a, 3, "4.00", name="教育支出", code="205", organisation="甲中心"),
        item(a, 4, "5.00", name="合计", measure="basic", organisation="乙中心"),
    ]
    (row,) = departments(tmp_path, [a], items)
    assert (row["basic"], row["spending_205"]) == (Decimal("9.00"), None)


def test_a_form_of_one_organisation_is_the_department_s(tmp_path: Path) -> None:
    a = paper("a")
    items = [
        item(a, 1, "9.00", name="某某局（本级）", measure="basic", organisation="某某局（本级）"),
        item(a, 2, "4.00", name="教育支出", code="205", organisation="某某局（本级）"),
    ]
    (row,) = departments(tmp_path, [a], items)
    assert (row["basic"], row["spending_205"]) == (Decimal("9.00"), Decimal("4.00"))


@pytest.mark.parametrize(("status", "expected"), [("proven", Decimal("7.00")), ("unproven", None)])
def test_budgets_are_added_up_where_each_is_proven(tmp_path: Path, status: str, expected: Decimal | None) -> None:
    a = paper("a")
    items = [
        three_public(a, 1, amount, "公务接待费") | {"fund": fund, "status": status}
        for fund, amount in (("general_public_budget", "5.00"), ("government_fund", "2.00"), ("state_capital", "0.00"))
    ]
    (row,) = departments(tmp_path, [a], items)
    assert row["receptions"] == expected


def test_a_total_beside_its_budgets_must_be_their_sum(tmp_path: Path) -> None:
    a = paper("a")
    items = [
        three_public(a, 1, "5.00", "公务接待费"),
        three_public(a, 1, "4.00", "公务接待费") | {"fund": "general_public_budget"},
    ]
    (row,) = departments(tmp_path, [a], items)
    assert row["receptions"] is None


URL = "https://example.org/a.pdf"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"source_url": URL, "fetched_at": later(3)}, {"source_url": URL, "total": "999.00"}),
        ({}, {"superseded_by": "f" * 64, "total": "999.00"}),
        ({}, {"status_of_total": "contradicted", "total": "999.00"}),
        ({"total": "200.00"}, {"published_on": NOON.date(), "fetched_at": later(9)}),
        ({"published_on": later(1).date()}, {"published_on": NOON.date(), "fetched_at": later(9)}),
        ({"fetched_at": later(1)}, {}),
    ],
    ids=["not replaced", "not superseded", "not doubtful", "larger", "published later", "fetched later"],
)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_papers_of_a_department_the_better_one_counts(
    tmp_path: Path, better: Row, worse: Row, turned: bool
) -> None:
    def made(name: str, traits: Row) -> tuple[Row, Row]:
        own = {key: value for key, value in traits.items() if key not in ("total", "status_of_total")}
        of = paper(name, **own)
        return of, revenue(of, 1, traits.get("total", "100.00"), status=traits.get("status_of_total", "proven"))

    names = ("2", "1") if turned else ("1", "2")
    chosen, passed_over = made(names[0], better), made(names[1], worse)
    (row,) = departments(tmp_path, [chosen[0], passed_over[0]], [chosen[1], passed_over[1]])
    assert row["document_id"] == chosen[0]["document_id"]
    assert row["other_document_ids"] == passed_over[0]["document_id"]


def test_years_and_kinds_are_compared_where_both_are_there(tmp_path: Path) -> None:
    papers = {
        (kind, year): paper(f"{kind}{year}", kind=kind, fiscal_year=year)
        for kind, year in (("final_accounts", 2022), ("final_accounts", 2023), ("budget", 2023), ("budget", 2025))
    }
    totals = {("final_accounts", 2022): "80.00", ("final_accounts", 2023): "95.00", ("budget", 2023): "100.00",
              ("budget", 2025): "70.00"}  # fmt: skip
    items = [spending(of, 1, totals[which]) for which, of in papers.items()]
    rows = {(row["kind"], row["fiscal_year"]): row for row in departments(tmp_path, list(papers.values()), items)}
    compared = {
        which: (row["budget_spending"], row["spending_less_budget"], row["spending_change"])
        for which, row in rows.items()
    }
    assert compared == {
        ("final_accounts", 2022): (None, None, None),
        ("final_accounts", 2023): (Decimal("100.00"), Decimal("-5.00"), Decimal("15.00")),
        ("budget", 2023): (None, None, None),
        ("budget", 2025): (None, None, None),
    }


def test_a_department_of_the_same_name_elsewhere_is_another(tmp_path: Path) -> None:
    a, b = paper("a", division_code="310107"), paper("b", division_code="430211")
    rows = departments(tmp_path, [a, b], [spending(a, 1, "5.00"), spending(b, 1, "7.00")])
    assert [(row["division_code"], row["spending"]) for row in rows] == [
        ("310107", Decimal("5.00")),
        ("430211", Decimal("7.00")),
    ]


@pytest.mark.parametrize("by_year", [False, True])
def test_partitions_change_nothing(tmp_path: Path, by_year: bool) -> None:
    papers = [paper(name, fiscal_year=2020 + number) for number, name in enumerate("abcd")]
    items = [make(of, 1, "5.00") for of in papers for make in (spending, revenue)]
    write_departments(put(tmp_path, papers, items, by_year=by_year))
    rows = rows_of(tmp_path / "parquet" / "departments.parquet")
    assert [(row["fiscal_year"], row["spending"]) for row in rows] == [
        (year, Decimal("5.00")) for year in range(2020, 2024)
    ]


# The release after: years in which nothing changed keep their rows, and the bytes are those of a release from nothing.

Tables = tuple[list[Row], list[Row]]


def some_years() -> Tables:
    """Three departments over four years, one of them with two papers a year."""
    papers = [
        paper(f"{name}{year}", division_code="310107", fiscal_year=year, department=name[0])
        for name in ("甲", "乙", "丙", "丙本级")
        for year in range(2020, 2024)
    ]
    items = [
        row
        for number, of in enumerate(papers)
        for row in (revenue(of, 1, f"{number}.00", "本年收入合计"), revenue(of, 2, f"{2 * number}.00"))
    ]
    return papers, items


def follow(folder: Path, old: Tables, new: Tables) -> frozenset[str]:
    """Make both releases and compare the second with one from nothing; the partitions that were kept."""
    first, second, alone = (
        put(folder / name, *tables, by_year=True) for name, tables in (("old", old), ("new", new), ("alone", new))
    )
    for file in second.rglob("line_items/*/*.parquet"):
        before = first / file.relative_to(second)
        if before.is_file() and before.read_bytes() == file.read_bytes():
            file.unlink()
            file.hardlink_to(before)
    write_departments(first)
    write_departments(second, first)
    write_departments(alone)
    for name in ("parquet/departments.parquet", "csv/departments.csv"):
        assert (second / name).read_bytes() == (alone / name).read_bytes()
    with querying(folder) as connection:
        return keep_rows(connection, second, first)


def years(*numbers: int) -> frozenset[str]:
    return frozenset(f"fiscal_year={number}" for number in numbers)


def test_a_year_in_which_nothing_changed_keeps_its_rows(tmp_path: Path) -> None:
    papers, items = some_years()
    read_anew = [{**row, "amount": row["amount"] + 5} if row["fiscal_year"] == 2021 else row for row in items]
    assert follow(tmp_path, (papers, items), (papers, read_anew)) == years(2020, 2022, 2023)
    rows = {
        (row["department"], row["fiscal_year"]): row for row in rows_of(tmp_path / "new/parquet/departments.parquet")
    }
    assert rows["甲", 2022]["revenue_change"] == Decimal("-4.00"), "a kept row is compared with the year before anew"


@pytest.mark.parametrize(
    "edit",
    [{"published_on": NOON.date()}, {"superseded_by": "f" * 64}, {"portal": "p"}, {"division_code": None}],
    ids=lambda edit: next(iter(edit)),
)
@pytest.mark.parametrize("name", ["丙2022", "丙本级2022"], ids=["chosen or not", "the other"])
def test_what_is_said_of_a_paper_otherwise_makes_its_year_anew(tmp_path: Path, name: str, edit: Row) -> None:
    papers, items = some_years()
    told = [{**of, **edit} if of["file_name"] == f"{name}.pdf" else of for of in papers]
    assert follow(tmp_path, (papers, items), (told, items)) == years(2020, 2021, 2023)


def test_an_annex_has_no_row_and_rivals_none(tmp_path: Path) -> None:
    a, annex = paper("a"), paper("approval", role="annex", published_on=NOON.date())
    alone = paper("decision", role="annex", department="别的局")
    items = [revenue(a, 1, "100.00"), revenue(annex, 1, "900.00"), revenue(alone, 1, "5.00")]
    (row,) = departments(tmp_path, [a, annex, alone], items)
    assert (row["document_id"], row["revenue_total"]) == (a["document_id"], Decimal("100.00"))
    assert row["other_document_ids"] is None


@pytest.mark.parametrize(("before", "after"), [("annex", None), (None, "annex")])
def test_a_paper_that_turns_out_an_annex_or_an_annex_a_paper_makes_all_years_anew(
    tmp_path: Path, before: str | None, after: str | None
) -> None:
    papers, items = some_years()
    old, new = (
        [{**of, "role": role} if of["file_name"] == "丙2022.pdf" else of for of in papers] for role in (before, after)
    )
    assert follow(tmp_path, (old, items), (new, items)) == frozenset()


def test_what_departments_do_not_tell_leaves_all_years(tmp_path: Path) -> None:
    papers, items = some_years()
    renamed = [{**of, "title": "别的题目"} for of in papers]
    assert follow(tmp_path, (papers, items), (renamed, items)) == years(2020, 2021, 2022, 2023)


def test_a_row_made_in_another_way_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = some_years()
    put(tmp_path / "old", *tables, by_year=True)
    put(tmp_path / "new", *tables, by_year=True)
    write_departments(tmp_path / "old")
    monkeypatch.setattr(
        "publish.derived.departments.TAKEN", TAKEN.replace("arg_min(amount, rank)", "arg_max(amount, rank)")
    )
    monkeypatch.setattr(
        "publish.derived.departments.keep_rows", lambda *_: pytest.fail("rows of another making were kept")
    )
    write_departments(tmp_path / "new", tmp_path / "old")


@pytest.mark.parametrize("seed", range(6))
def test_any_edits_give_the_bytes_of_a_release_from_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    papers, items = some_years()
    told = [{**of, "published_on": later(chance.randrange(9)).date()} if chance.random() < 0.1 else of for of in papers]
    gone = {of["document_id"] for of in chance.sample(papers, chance.randrange(2))}
    read = [
        {**row, "status": "contradicted"} if chance.random() < 0.05 else row
        for row in items
        if row["document_id"] not in gone
    ]
    kept_papers = [of for of in told if of["document_id"] not in gone]
    follow(tmp_path, (papers, items), (kept_papers, read))
