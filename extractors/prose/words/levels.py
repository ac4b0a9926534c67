"""部门 where the paper is a unit's, and 单位 where it is a department's.

A unit's paper calls itself 本单位 throughout; a department's may speak of a single unit of its own, so that there only
a word that stands against many others is taken for a slip.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.prose.clauses import Span
from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen

MANY = 4
"""A department's paper that calls itself 本部门 so often has settled on the word."""
FEW = 2
"""More of the other word than this are meant."""
_COVER = re.compile(
    r"20\d\d年度?[^，。]{0,30}?(?P<level>部门|单位)(?:综合)?(?:预算|决算)|(?P<alone>部门|单位)(?:预算|决算)公开"
)


def of_the_other_level(text: Sequence[Paragraph], explaining: Sequence[Paragraph]) -> Iterator[Seen]:
    """Find 本部门 in a unit's paper and 本单位 in a department's; `explaining` are the paragraphs on its figures."""
    level = _level(text)
    if level is None:
        return
    other = "单位" if level == "部门" else "部门"
    own = sum(paragraph.canonical.count(f"本{level}") for paragraph in text)
    found = [
        Seen("prose_level_not_the_papers", paragraph, Span(match.start(), match.end()), f"本{level}")
        for paragraph in explaining
        for match in re.finditer(f"本{other}(?!（)", paragraph.canonical)
    ]
    if own and (level == "单位" or (own >= MANY and len(found) <= FEW)):
        yield from found


def _level(text: Sequence[Paragraph]) -> str | None:
    """Read from the cover whose paper it is, None where it does not say or says both."""
    cover = [paragraph for paragraph in text if paragraph.starts[0][1] == text[0].starts[0][1]]
    matches = (_COVER.search(paragraph.canonical) for paragraph in cover)
    said = {match["level"] or match["alone"] for match in matches if match}
    return said.pop() if len(said) == 1 else None
