import pytest

from schemas.dataset import dataset
from schemas.identities import catalogue, item_of
from schemas.identities.items import refuse_unworded


def test_every_role_of_a_fixed_row_has_a_word() -> None:
    roles = {role for half in catalogue().rows.values() for role in half.rows}
    assert {item_of(role) for role in roles} <= set(dataset().terms("item"))
    assert (item_of("general_budget"), item_of("year_total")) == ("general_public_budget", "year_total")


def test_a_role_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="no word for the roles lottery"):
        refuse_unworded(["year_total", "lottery"], {})


def test_a_name_for_no_role_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have: lottery"):
        refuse_unworded(["year_total"], {"lottery": "other"})
