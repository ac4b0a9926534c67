"""All that a pattern of headings or titles can match, as far as that is a finite list of words."""

from itertools import product

MOST_WORDS = 20_000
"""A pattern that matches more is no vocabulary."""
Words = tuple[str, ...]


def words_of(pattern: str) -> Words:
    """The words that a regular expression of letters, groups, `|` and `?` matches, each once.

    A branch with `.`, `*`, `+` or a class of characters stands for any number of words and gives none. Raises
    `ValueError` where there are more than `MOST_WORDS`.
    """
    words, rest = _alternatives(pattern)
    if rest:
        raise ValueError(f"unbalanced brackets: {pattern}")
    return tuple(dict.fromkeys(words))


def _alternatives(text: str) -> tuple[list[str], str]:
    """The words of `a|b|c` up to a closing bracket or the end, and what follows."""
    found: list[str] = []
    while True:
        words, text = _sequence(text)
        found += words
        if not text.startswith("|"):
            return found, text
        text = text[1:]


def _sequence(text: str) -> tuple[list[str], str]:
    parts: list[list[str]] = []
    while text and text[0] not in "|)":
        words, text = _item(text)
        parts.append(words)
    count = 1
    for words in parts:
        count *= len(words)
    if count > MOST_WORDS:
        raise ValueError(f"{count} words")
    return ["".join(letters) for letters in product(*parts)], text


def _item(text: str) -> tuple[list[str], str]:
    """One letter or group with its quantifier; no words where it stands for any number of them."""
    if text[0] == "(":
        words, text = _alternatives(text[1:].removeprefix("?:"))
        text = text[1:]
    elif text[0] == "[":
        words, text = [], text[text.index("]") + 1 :]
    elif text[0] == "\\":
        words, text = [text[1]], text[2:]
    else:
        words, text = ([] if text[0] == "." else [text[0]]), text[1:]
    return _quantified(words, text)


def _quantified(words: list[str], text: str) -> tuple[list[str], str]:
    if text.startswith("?"):
        return ["", *words], text[1:]
    if text.startswith("*"):
        return [""], text[1:]  # nothing is one of the things it stands for
    return ([], text[1:]) if text.startswith("+") else (words, text)
