"""Text that a spreadsheet would run as a formula, and how the CSV files keep it from that.

Excel and its kin calculate a cell of a CSV file that begins with `= + - @` (or a tab or line end before one), quoted or
not, and where the language is Chinese or Japanese also with their full-width forms.
Source: https://owasp.org/www-community/attacks/CSV_Injection

The rule of the CSV files: a text that begins with one of these takes a single apostrophe (U+0027) before it, and so
does one that begins with apostrophes and then one of these, so that the rule can be undone. A text that is nothing but
a sign, digits, `.`, `,` and `%`, such as `-12.50` or a lone `-`, stays as it is: it can only be a number or a dash.
Columns of numbers, dates and closed lists are never touched, and Parquet keeps every text as it was printed.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

TRIGGERS = "=+-@＝＋－＠\t\r\n"
APOSTROPHE = "'"
RULE = (
    "A text that begins with = + - @, their full-width forms, a tab or a line end (or with apostrophes and then one of "
    "these) has one apostrophe U+0027 before it in CSV, so that no spreadsheet runs it as a formula; a text of nothing "
    "but a sign, digits, '.', ',' and '%' stays as it is. Parquet keeps the text as printed."
)
RULE_ZH = (
    "CSV 中以 = + - @（含全角）、制表符、回车或换行开头的文字（或撇号后为上述字符的文字）前加一个撇号 U+0027，"
    "以免电子表格当作公式运行；仅由正负号、数字、“.”“,”“%”组成的文字不变。Parquet 保留印出的原文。"
)

_NUMBER = r"^[+-][0-9.,%]*$|^[＋－][0-9０-９.,．，%％]*$"
_QUOTED_TRIGGER = r"^'+[=+\-@＝＋－＠\t\r\n]"
_UNDONE = re.compile(_QUOTED_TRIGGER)


def escaped(texts: pa.Array) -> pa.Array:
    """Texts as the CSV files hold them; nulls stay null."""
    present = bytes(values_of(texts))
    mask = None
    for trigger in TRIGGERS:
        if trigger.encode() in present:
            mask = _either(mask, pc.starts_with(texts, trigger))
    if mask is not None:
        mask = pc.and_not(mask, pc.match_substring_regex(texts, _NUMBER))
    if APOSTROPHE.encode() in present:
        mask = _either(mask, pc.match_substring_regex(texts, _QUOTED_TRIGGER))
    if mask is None or not pc.any(mask).as_py():
        return texts
    return pc.if_else(mask, pc.binary_join_element_wise(APOSTROPHE, texts, ""), texts)


def unescaped(text: str) -> str:
    """A text of a CSV file as it was printed."""
    return text[1:] if _UNDONE.match(text) else text


def values_of(texts: pa.Array) -> memoryview:
    """The UTF-8 bytes of all texts of an array, in a row, uncopied."""
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return memoryview(b"")
    bounds = memoryview(offsets).cast("i")
    return memoryview(data).cast("B")[bounds[texts.offset] : bounds[texts.offset + len(texts)]]


def _either(mask: pa.Array | None, other: pa.Array) -> pa.Array:
    return other if mask is None else pc.or_(mask, other)
