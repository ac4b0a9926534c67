"""What a paper's template left standing in its prose: placeholders, both directions, sums without figure or unit."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.prose.clauses import Span
from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen
from schemas.prose import phrases


def leftovers(paragraph: Paragraph) -> Iterator[Seen]:
    """Each thing left standing in a paragraph, by the name of its finding."""
    for code, pattern in _patterns().items():
        for match in pattern.finditer(paragraph.canonical):
            yield Seen(code, paragraph, Span(match.start(), match.end()))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    verbs = "|".join((*phrases().up, *phrases().down))
    return {
        "prose_placeholder": re.compile(r"[XxＸ×✕○□*＊_]{2,}|[Xx×○□*](?=万元|%|人次|批次|辆|个|年度?)"),
        "prose_alternative_left_standing": re.compile(rf"(?:{verbs})(?:（(?:{verbs})）|/(?:{verbs}))"),
        "prose_figure_blank": re.compile(r"(?<=[\u4e00-\u9fff])(?<!单位)(?<!单位为)(?<!多)(?<!余)万元"),
        "prose_unit_missing": re.compile(rf"(?:{verbs})了?\d+(?:\.\d+)?(?=[，。；])"),
    }
