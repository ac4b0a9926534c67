import re
from pathlib import Path

import pytest

import checks
from schemas.identities import catalogue, read_catalogue
from schemas.identities.describe import PAGE, page
from schemas.identities.measures import read_dimensions

ROWS = """
- halves: [three_public]
  rows:
    total: {names: [合计]}
    reception: {names: [公务接待费]}
"""
IDENTITY = """
- id: three_public.total
  kind: balance
  title: {zh: 合计, en: total}
  why: because
  left: [{half: three_public, rows: [total]}]
  right: [{half: three_public, rows: [reception]}]
"""


def test_every_identity_has_its_titles_its_forms_and_its_reason():
    identities = catalogue().identities
    assert {"three_public.total", "cross.summary_equals_expenditure_by_function"} <= {each.id for each in identities}
    assert all(each.halves and each.why and each.title.zh and each.title.en for each in identities)


def test_what_a_forms_own_structure_demands_has_a_title_too():
    assert catalogue().title("expenditure_by_function.parts").zh == "支出表（按功能分类）：上级等于其下各行之和"
    assert catalogue().title("expenditure_by_function.row_total").zh == "支出表（按功能分类）：逐行合计等于各栏之和"
    for unknown in ("expenditure_by_function.guess", "no_form.parts"):
        with pytest.raises(KeyError):
            catalogue().title(unknown)


def test_what_measures_can_be_parts_of_is_checked_on_load():
    assert read_dimensions("[{dimension: use, parts: [{measures: [basic], of: [total]}]}]")
    for wrong in ("[{dimension: use, parts: [{measures: [basics]}]}]", "[{dimension: use, parts: [], guess: 1}]"):
        with pytest.raises(ValueError, match=r"basics|guess"):
            read_dimensions(wrong)


def test_an_entry_for_each_of_several_forms_gives_one_identity_for_each():
    text = IDENTITY.replace("three_public.total", '"{form}.total"').replace("half: three_public", 'half: "{form}"')
    found = read_catalogue(ROWS, text.replace("  kind:", "  for_each: {form: [three_public]}\n  kind:"))
    assert [each.id for each in found.identities] == ["three_public.total"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  why: because", "  why: because\n  when: now", "when"),
        ("rows: [reception]", "rows: [receptions]", "no 'receptions' in three_public"),
        ("half: three_public, rows: [total]", "half: three_publics, rows: [total]", "no form or half"),
        ("rows: [total]}", "rows: [total], measure: totals}", "no measure"),
        ("  kind: balance", "  kind: guess", "guess"),
        ("- id: three_public.total", "- id: Total", "id"),
    ],
)
def test_what_the_catalogue_cannot_know_is_refused(old, new, complaint):
    assert old in IDENTITY
    with pytest.raises(ValueError, match=complaint):
        read_catalogue(ROWS, IDENTITY.replace(old, new))


def test_two_identities_of_one_name_are_refused():
    with pytest.raises(ValueError, match=r"three_public\.total"):
        read_catalogue(ROWS, IDENTITY, IDENTITY)


def test_a_set_of_unknown_rows_is_refused():
    with pytest.raises(ValueError, match="dinners"):
        read_catalogue(ROWS + "  sets: {all: [reception, dinners]}\n", IDENTITY)


def test_every_other_check_of_the_catalogue_is_made_and_has_a_title():
    room = Path(checks.__file__).parent
    made = set(
        re.findall(
            r'"((?:prose|paper|unit)\.[a-z_]+)"', "".join(path.read_text("utf-8") for path in room.rglob("*.py"))
        )
    )
    assert made == {each.id for each in catalogue().others}
    assert all(catalogue().title(check_id).en for check_id in made)
    assert [each.id for each in catalogue().others if each.touches_status] == ["unit.agrees_with_siblings"]


def test_the_page_of_identities_is_the_catalogue_as_it_is():
    assert PAGE.read_text("utf-8") == page(catalogue())
