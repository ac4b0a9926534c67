"""类, 款 and 项 called by the name that they bore in another year's classification."""

import re
from collections.abc import Iterator

from extractors.prose.clauses import Span
from extractors.prose.codes import former_name
from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen

_CLASS = re.compile(r"(?P<name>[\u4e00-\u9fff、]{4,30})（(?:(?P<code>\d{3})类|(?P<bare>\d{3})|类)）")
_BEFORE = re.compile(r"、|年度?|用于|包括|其中")


def of_other_editions(paragraph: Paragraph, year: int) -> Iterator[Seen]:
    """Find the names of 类 that were renamed before `year`, or after it."""
    for match in _CLASS.finditer(paragraph.canonical):
        name = match["name"]
        starts = [0, *(cut.end() for cut in _BEFORE.finditer(name))]
        for start in starts:
            renamed = former_name("function", name[start:], year, match["code"] or match["bare"])
            if renamed is not None:
                place = Span(match.start("name") + start, match.end())
                yield Seen("prose_name_of_another_edition", paragraph, place, f"{year}年的名称为{renamed}")
                break
