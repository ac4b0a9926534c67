"""What is wrong with a paragraph by its words alone: template left standing, marks doubled, sentences cut off."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.prose.clauses import Span
from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen
from schemas.prose import Template, phrases, words


def leftovers(paragraph: Paragraph, *, accounts: bool = True) -> Iterator[Seen]:
    """Each thing wrong in a paragraph; `accounts` tells that its section explains figures."""
    for template, pattern in _patterns():
        if accounts or not template.accounts:
            for match in pattern.finditer(paragraph.canonical):
                yield Seen(template.finding, paragraph, Span(match.start(), match.end()), template.right)


@cache
def _patterns() -> list[tuple[Template, re.Pattern[str]]]:
    verbs = "|".join((*phrases().up, *phrases().down))
    return [(template, re.compile(template.said.replace("{verbs}", verbs))) for template in words().templates]
