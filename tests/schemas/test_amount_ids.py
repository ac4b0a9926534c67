from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from schemas.amount_ids import amount_id, with_amount_ids
from schemas.dataset import dataset
from schemas.records import LineItem

ITEM = LineItem(
    document_id="3f" * 32,
    kind="budget",
    fiscal_year=2024,
    department="某某局",
    form="three_public",
    side=None,
    line=2,
    code_system=None,
    code=None,
    name="公务接待费",
    standard_name=None,
    measure="budget",
    amount=Decimal("1.00"),
    printed="1.00",
    unit="元",
    page=3,
    x0=1,
    y0=2,
    x1=3,
    y1=4,
)
OTHERWISE: dict[str, Any] = {
    "document_id": "4f" * 32,
    "department": "某某局本级",
    "form": "state_capital",
    "side": "revenue",
    "organisation": "甲中心",
    "line": 3,
    "measure": "final",
    "fund": "state_capital",
}


def test_an_id_is_known_for_ever() -> None:
    """A change here breaks every link and citation."""
    assert amount_id(ITEM) == "592f7da2afbfedfe"


@pytest.mark.parametrize("name", OTHERWISE)
def test_every_part_of_the_key_makes_another_id(name: str) -> None:
    assert amount_id(replace(ITEM, **{name: OTHERWISE[name]})) != amount_id(ITEM)


def test_the_parts_are_the_key_and_nothing_else() -> None:
    assert set(OTHERWISE) == set(dataset().tables["line_items"].key)
    read_anew = replace(
        ITEM,
        amount=Decimal("2.00"),
        printed="2.00",
        name="接待费",
        code="205",
        page=4,
        status="repaired",
        reader="tesseract",
        item="reception",
        parent_line=1,
        organisation_code="101",
        kind="final_accounts",
        fiscal_year=2023,
        amount_id="0" * 16,
    )
    assert amount_id(read_anew) == amount_id(ITEM)


def test_null_is_no_text() -> None:
    assert amount_id(replace(ITEM, side="")) != amount_id(ITEM)
    assert amount_id(replace(ITEM, organisation="null")) != amount_id(ITEM)


def test_items_get_their_ids_and_keep_all_else() -> None:
    items = (ITEM, replace(ITEM, line=3))
    made = with_amount_ids(items)
    (column,) = [column for column in dataset().tables["line_items"].columns if column.name == "amount_id"]
    assert all(column.allows(item.amount_id) for item in made)
    assert len({item.amount_id for item in made}) == len(items)
    assert [replace(item, amount_id="") for item in made] == list(items)
