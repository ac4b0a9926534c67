"""The contents against the body: a part of the paper that is called otherwise than the contents say."""

import re
from collections.abc import Iterator, Sequence

from extractors.prose.clauses import Span
from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen

_PART = re.compile(
    r"(?P<number>第[一二三四五六七八九十]+部分)：?(?P<title>[\u4e00-\u9fff\d\"（）、]{3,40}?)[…·.\s]*\d{0,3}"
)
SHOWN = 5
"""So many characters before a missing mark are shown."""
_SAME = re.compile(r"20\d\d年度?|[、\"]|公开|情况|说明")
"""What contents and body may say or leave out."""


def against_contents(text: Sequence[Paragraph]) -> Iterator[Seen]:
    """Find the parts whose title in the body and in the contents share no wording: neither is within the other."""
    contents: dict[str, str] = {}
    for paragraph in text:
        match = _PART.fullmatch(paragraph.canonical)
        if match is None:
            continue
        before = contents.setdefault(match["number"], match["title"])
        one, other = (_SAME.sub("", title) for title in (before, match["title"]))
        if one not in other and other not in one:
            place = Span(match.start("title"), match.end("title"))
            yield Seen("prose_title_not_the_contents", paragraph, place, f"目录作{match['number']}{before}")


def without_full_stop(paragraphs: Sequence[Paragraph]) -> Iterator[Seen]:
    """Find sentences that tell why and end without a mark."""
    for paragraph in paragraphs:
        text = paragraph.canonical
        if (
            "原因" in text
            and re.search(r"[\u4e00-\u9fff\d%]$", text)
            and not re.search(r"原因(?:说明|分析|情况)?$", text)
        ):
            yield Seen("prose_full_stop_missing", paragraph, Span(max(0, len(text) - SHOWN), len(text)), "句末加句号")
