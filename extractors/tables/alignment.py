"""Tables without rules, from the alignment of words. (placeholder)"""

from collections.abc import Sequence

from extractors.tables.lattice import Lattice
from schemas.records import Rule, Word


def aligned_lattices(words: Sequence[Word], rules: Sequence[Rule]) -> list[Lattice]:
    return []
