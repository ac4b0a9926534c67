"""Characters that cannot be written, that nobody sees or that a broken map made up."""

import pytest

from extractors.pages.letters import UNREAD, letter, paired


@pytest.mark.parametrize("text", ["工", "5", "，", "Ａ", "①", "\uf06c", "𠅤"])
def test_what_is_printed_stays(text: str) -> None:
    assert letter(text) == text


@pytest.mark.parametrize("text", ["\x01", "\x1b", "\x9b", "\u202e", "\udbc0", "\ue010", "\U001000ca", "\x1c", "\uffff"])
def test_ink_without_a_meaning_is_seen_to_be_missing(text: str) -> None:
    assert letter(text) == UNREAD
    UNREAD.encode()


@pytest.mark.parametrize("text", ["\u200b", "\x03", "\ufeff"])
def test_what_takes_no_room_is_left_out(text: str) -> None:
    assert letter(text, inked=False) == ""


@pytest.mark.parametrize("text", ["\u200b", "\ufeff", "\u2060"])
def test_blanks_of_no_width_are_left_out(text: str) -> None:
    assert letter(text) == ""


@pytest.mark.parametrize("text", [" ", "\xa0", "\u3000", "\n", "\t", "\u2028"])
def test_blanks_are_spaces(text: str) -> None:
    assert letter(text) == " "


def test_halves_of_a_pair_are_one_character() -> None:
    assert paired([*"甲", "\ud840", "\udd64", *"乙"]) == ["甲", "𠅤", "", "乙"]
    assert paired(["\udd64", "\ud840"]) == ["\udd64", "\ud840"]
