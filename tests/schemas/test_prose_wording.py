import pytest
from pydantic import ValidationError

from schemas.dataset import dataset
from schemas.prose import CountedSubject, MoneySubject, Role, phrases, sections, subjects


def test_the_forms_that_headings_name_are_the_datasets() -> None:
    named = {form for row in sections().forms for form in row.forms}
    assert named <= set(dataset().terms("form"))


def test_no_word_of_direction_is_both_up_and_down() -> None:
    assert not set(phrases().up) & set(phrases().down)


def test_a_longer_word_of_direction_stands_before_the_shorter_that_it_begins_with() -> None:
    for words in (phrases().up, phrases().down):
        for index, word in enumerate(words):
            assert not [later for later in words[index + 1 :] if later.startswith(word)]


def test_names_of_sums_are_told_once() -> None:
    names = [subject.name for subject in subjects().money]
    assert len(names) == len(set(names))


def test_a_name_without_wording_is_said_as_it_is() -> None:
    assert MoneySubject(name="使用非财政拨款结余").wording == "使用非财政拨款结余"


@pytest.mark.parametrize(
    "entry", [{"name": "三公经费", "words": "x"}, {"name": ""}, {"name": "三公经费", "said": "(三公"}]
)
def test_unknown_keys_empty_names_and_broken_patterns_are_refused(entry: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        MoneySubject.model_validate(entry)


def test_a_counted_subject_needs_a_unit_and_a_name_or_wording() -> None:
    with pytest.raises(ValidationError):
        CountedSubject.model_validate({"name": "车辆", "units": []})
    with pytest.raises(ValidationError):
        CountedSubject.model_validate({"units": ["辆"]})


def test_a_role_is_one_of_the_known() -> None:
    with pytest.raises(ValidationError):
        Role.model_validate({"fact": "guess", "kind": "money", "said": "为$"})
