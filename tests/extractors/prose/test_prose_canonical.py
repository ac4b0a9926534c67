from hypothesis import given
from hypothesis import strategies as st

from extractors.prose.canonical import canonical


@given(st.text())
def test_no_character_moves(text: str) -> None:
    assert len(canonical(text)) == len(text)


@given(st.text(alphabet='０１23,，.．％%（）()：:；;“”"—-万元增加'))
def test_canonical_text_stays_as_it_is(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


def test_marks_are_chinese_and_figures_latin() -> None:
    assert canonical("收入(类)１２．５％;占“三公”经费") == '收入（类）12.5%；占"三公"经费'


def test_a_comma_between_figures_parts_thousands_only() -> None:
    assert canonical("1,234.56万元,下降5%") == "1,234.56万元，下降5%"
    assert canonical("1,2,34") == "1，2，34"
