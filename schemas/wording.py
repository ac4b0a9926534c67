"""How Chinese wording is compared: the same words are the same whatever their widths, brackets, quotes and spaces."""

import re
import unicodedata
from functools import lru_cache

_ALIKE = str.maketrans(
    {
        "〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "｛": "(", "｝": ")", "《": "", "》": "",
        "“": "", "”": "", "‘": "", "’": "", '"': "", "'": "", "「": "", "」": "", "＂": "", "`": "",
        "—": "-", "–": "-", "―": "-", "─": "-", "−": "-", "﹣": "-", "‐": "-", "‑": "-", "•": "·", "．": ".",
    }
)  # fmt: skip
_ORDINAL = re.compile(
    r"""(?:其中[:：]?|
        [一二三四五六七八九十百]+[、.．:：]|
        [(（][一二三四五六七八九十]+[)）][、.．]?|
        \d{1,2}[.．、](?!\d)|
        [(（]\d{1,2}[)）][、.．]?|
        [①-⑳]|
        [★☆*※·]
    )""",
    re.VERBOSE,
)


_SHORT_FORMS = (("中国共产党", "中共"), ("委员会", "委"), ("人民政府", "政府"))


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """`text` for comparison: NFKC, no white space, one kind of brackets and dashes, no quotation marks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(_ALIKE)).translate(_ALIKE)


def short_name(organisation: str) -> str:
    """An organisation's name as `plain` gives it, with the short forms that papers use one year and not the next."""
    text = plain(organisation)
    for full, short in _SHORT_FORMS:
        text = text.replace(full, short)
    return text


@lru_cache(maxsize=16_384)
def without_ordinal(text: str) -> str:
    """`text` without white space and without the ordinals, 其中 and bullets it begins with; never emptied by this."""
    text = re.sub(r"\s", "", text)
    while (match := _ORDINAL.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text


@lru_cache(maxsize=4_096)
def has_ordinal(text: str) -> bool:
    """Whether a label begins with an ordinal, as 一、, （二） or 3. do."""
    text = re.sub(r"\s", "", text)
    return _ORDINAL.match(text) is not None and not text.startswith("其中")
