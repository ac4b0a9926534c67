from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.derived.table_files import DerivedTableError
from publish.derived.wide import FORMAT, wide_tables, write_wide_tables
from schemas.dataset import dataset, wide_name
from schemas.forms import forms
from tests.publish.made_tables import Row, item, paper, put, rows_of


def wide(folder: Path, papers: list[Row], items: list[Row], form: str, *, by_year: bool = False) -> list[Row]:
    write_wide_tables(put(folder, papers, items, by_year=by_year))
    found: list[Row] = []
    for file in wide_files(folder, form):
        year = file.parent.name.partition("=")[2]
        found += [{**row, "fiscal_year": int(year)} if year else row for row in rows_of(file)]
    return found


def wide_files(folder: Path, form: str) -> list[Path]:
    whole = folder / "parquet" / f"{wide_name(form)}.parquet"
    return [whole] if whole.is_file() else sorted((folder / "parquet" / wide_name(form)).rglob("*.parquet"))


def test_every_form_with_amounts_has_a_wide_table_with_its_measures() -> None:
    assert set(wide_tables()) == {wide_name(form) for form, known in forms().items() if known.measures}
    columns = dataset().derived["wide_three_public"].column_names
    assert columns[-5:] == forms()["three_public"].measures


def test_a_printed_row_is_a_row_and_what_is_not_printed_is_null(tmp_path: Path) -> None:
    a = paper("a")
    items = [
        item(a, 1, "9.00", name="合计"),
        item(a, 1, "5.00", name="合计", measure="basic", status="unproven"),
        item(a, 1, "0.00", name="合计", measure="project"),
        item(a, 2, "4.00", name="教育支出", code="205", standard_name="教育支出", page=2),
    ]
    first, second = wide(tmp_path, [a], items, "expenditure_by_function")
    assert (first["total"], first["basic"], first["project"]) == (Decimal("9.00"), Decimal("5.00"), Decimal("0.00"))
    assert (first["operating"], first["share_proven"]) == (None, Decimal("0.6666"))
    assert (second["code"], second["total"], second["basic"]) == ("205", Decimal("4.00"), None)
    assert (second["page"], second["share_proven"]) == (2, Decimal("1.0000"))


def test_budgets_that_split_a_measure_have_rows_of_their_own(tmp_path: Path) -> None:
    a = paper("a")
    printed = [
        ("budget", "general_public_budget", "5.00"),
        ("budget", "state_capital", "0.00"),
        ("budget", None, "5.00"),
        ("previous_year", "general_public_budget", "4.00"),
        ("previous_year", "state_capital", "1.00"),
    ]
    items = [
        item(a, line, amount, form="three_public", measure=measure, fund=fund)
        for line in (1, 2)
        for measure, fund, amount in printed
    ]
    rows = wide(tmp_path, [a], items, "three_public")
    assert [(row["line"], row["fund"], row["budget"], row["previous_year"]) for row in rows] == [
        (line, fund, Decimal(budget), before and Decimal(before))
        for line in (1, 2)
        for fund, budget, before in (
            (None, "5.00", None),
            ("general_public_budget", "5.00", "4.00"),
            ("state_capital", "0.00", "1.00"),
        )
    ]


def test_organisations_in_the_columns_of_one_line_have_rows_of_their_own(tmp_path: Path) -> None:
    a = paper("a")
    items = [
        item(a, 1, amount, organisation=organisation, organisation_code=code, is_leaf=False, parent_line=3)
        for organisation, code, amount in (
            (None, None, "9.00"),
            ("甲中心", "101001", "4.00"),
            ("乙中心", "101002", "5.00"),
        )
    ]
    rows = wide(tmp_path, [a], items, "expenditure_by_function")
    assert {(row["organisation"], row["organisation_code"], row["total"]) for row in rows} == {
        (None, None, Decimal("9.00")),
        ("甲中心", "101001", Decimal("4.00")),
        ("乙中心", "101002", Decimal("5.00")),
    }
    assert {(row["is_leaf"], row["parent_line"]) for row in rows} == {(False, 3)}


def test_an_amount_without_a_column_is_refused_not_lost(tmp_path: Path) -> None:
    a = paper("a")
    with pytest.raises(DerivedTableError, match="final"):
        write_wide_tables(put(tmp_path, [a], [item(a, 1, "5.00", measure="final")]))


amounts = st.decimals(-(10**12), 10**12, places=2)
FORM = "revenue_expenditure_summary"
places = st.tuples(
    st.sampled_from(["甲", "乙"]),
    st.sampled_from(["revenue", "expenditure"]),
    st.sampled_from([None, "甲中心", "乙中心"]),
    st.integers(1, 4),
    st.sampled_from([None, "government_fund", "state_capital"]),
    st.sampled_from(forms()[FORM].measures),
)
Place = tuple[str, str, str | None, int, str | None, str]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(printed=st.dictionaries(places, amounts, max_size=40), by_year=st.booleans())
def test_every_amount_stands_once_in_its_row_and_column(
    tmp_path_factory: pytest.TempPathFactory, printed: dict[Place, Decimal], by_year: bool
) -> None:
    of = {name: paper(name, fiscal_year=year) for name, year in (("甲", 2020), ("乙", 2021))}
    items = [
        item(of[name], line, amount, form=FORM, side=side, organisation=organisation, measure=measure, fund=fund)
        for (name, side, organisation, line, fund, measure), amount in printed.items()
    ]
    rows = wide(tmp_path_factory.mktemp("wide"), list(of.values()), items, FORM, by_year=by_year and bool(items))
    names = {each["document_id"]: name for name, each in of.items()}
    told = {
        (names[row["document_id"]], row["side"], row["organisation"], row["line"], row["fund"], measure): row[measure]
        for row in rows
        for measure in forms()[FORM].measures
        if row[measure] is not None
    }
    assert told == printed
    assert len(rows) == len({place[:5] for place in printed})
    keys = [tuple(str(row[name] or "") for name in dataset().derived[wide_name(FORM)].key) for row in rows]
    assert by_year or keys == sorted(keys)


def two_years(folder: Path, amount: str = "5.00") -> Path:
    papers = [paper(name, fiscal_year=year) for year in (2020, 2021) for name in (f"甲{year}", f"乙{year}")]
    items = [item(of, line, "5.00" if of["fiscal_year"] == 2020 else amount) for of in papers for line in (1, 2)]
    return put(folder, papers, items, by_year=True)


def link_year(old: Path, new: Path, year: int) -> None:
    file = Path("parquet", "line_items", f"fiscal_year={year}", "part-0.parquet")
    (new / file).unlink()
    (new / file).hardlink_to(old / file)


def content(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*wide_*/**/*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_year_that_did_not_change_is_kept_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    old, new, alone = (
        two_years(tmp_path / name, amount) for name, amount in (("o", "5.00"), ("n", "7.00"), ("a", "7.00"))
    )
    write_wide_tables(old)
    link_year(old, new, 2020)
    write_wide_tables(new, old)
    write_wide_tables(alone)
    assert content(new) == content(alone)
    for name in ("parquet/{}/fiscal_year={}/rows.parquet", "csv/{}/fiscal_year={}.csv"):
        kept, changed = (name.format("wide_expenditure_by_function", year) for year in (2020, 2021))
        assert (new / kept).samefile(old / kept)
        assert not (new / changed).samefile(old / changed)
    assert not list(new.glob(".*"))


def test_a_year_is_made_anew_where_wide_rows_are_made_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = two_years(tmp_path / "old"), two_years(tmp_path / "new")
    write_wide_tables(old)
    link_year(old, new, 2020)
    monkeypatch.setattr("publish.derived.wide.FORMAT", FORMAT + 1)
    write_wide_tables(new, old)
    file = Path("parquet", "wide_three_public", "fiscal_year=2020", "rows.parquet")
    assert not (new / file).samefile(old / file)


def test_a_year_without_its_csv_file_is_made_anew(tmp_path: Path) -> None:
    old, new, alone = (two_years(tmp_path / name) for name in ("old", "new", "alone"))
    write_wide_tables(old)
    link_year(old, new, 2020)
    (old / "csv" / "wide_three_public" / "fiscal_year=2020.csv").unlink()
    write_wide_tables(new, old)
    write_wide_tables(alone)
    assert content(new) == content(alone)


def test_documents_of_several_files_come_in_order(tmp_path: Path) -> None:
    """Pieces of a year stand in the order in which papers were published, not in that of their ids."""
    papers = sorted((paper(name) for name in "abcdefgh"), key=lambda of: str(of["document_id"]))
    folder = put(tmp_path, papers, [item(of, 1, "5.00") for of in papers[::2]], by_year=True)
    other = put(tmp_path / "other", papers, [item(of, 1, "6.00") for of in papers[1::2]], by_year=True)
    part = Path("parquet", "line_items", "fiscal_year=2023", "part-0.parquet")
    (other / part).rename((folder / part).with_name("part-1.parquet"))
    write_wide_tables(folder)
    file = folder / "parquet" / "wide_expenditure_by_function" / "fiscal_year=2023" / "rows.parquet"
    assert [row["document_id"] for row in rows_of(file)] == [of["document_id"] for of in papers]
