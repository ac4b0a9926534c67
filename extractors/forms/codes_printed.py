"""How a label tells a code: joined to it, or by the name that the classification gives it alone."""

import re
from collections.abc import Sequence

from schemas.classifications import is_a_name
from schemas.wording import plain, without_ordinal

LEADING = re.compile(r"[(（\[【〔]?(?P<code>\d{3}(?:\d{2}){0,2})[)）\]】〕]?[-_—.:：、]?(?P<name>[^\d,.，].*)")
"""2010101行政运行, [201]一般公共服务支出."""
TRAILING = re.compile(
    r"(?P<name>[^\d(（\[【〔]+(?:[(（][^\d()（）]*[)）][^\d(（]*)?)"
    r"[(（\[【〔](?P<code>\d{3}(?:\d{2}){0,2})[)）\]】〕]"
)
"""行政运行（2010101）."""
MOSTLY = 0.5
FEWEST = 2


def begins_with_code(label: str) -> bool:
    """Whether a label is joined to a code."""
    bare = re.sub(r"\s", "", label)
    return LEADING.fullmatch(bare) is not None or TRAILING.fullmatch(bare) is not None


def names_known(system: str, labels: Sequence[str]) -> bool:
    """Whether most of some labels are names of codes, of whatever year."""
    named = [label for label in labels if label and not plain(label).endswith("计")]
    known = sum(is_a_name(system, without_ordinal(label)) for label in named)
    return known >= FEWEST and known >= MOSTLY * len(named)
