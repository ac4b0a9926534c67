"""政府收支分类科目 and 行政区划 as data, with the name that a code bore in a year.

The system `function` (支出功能分类) covers the general budget, government funds, state capital and social insurance;
`economic` is 部门预算支出经济分类; `government_economic` (政府预算支出经济分类) and `revenue` (收入分类) are there for
the published table. SOURCES.md says where each fact comes from and how far it can be trusted.
"""

from schemas.classifications.divisions import Division, division, divisions_named, parent_division
from schemas.classifications.editions import SYSTEMS, Certainty, Level, System
from schemas.classifications.errors import ClassificationError, UnknownSystemError
from schemas.classifications.history import Change
from schemas.classifications.in_force import (
    Entry,
    changes,
    codes_by_name,
    entries,
    is_a_name,
    is_known,
    lookup,
    normalised_name,
    standard_name,
    top_level,
)

__all__ = [
    "SYSTEMS",
    "Certainty",
    "Change",
    "ClassificationError",
    "Division",
    "Entry",
    "Level",
    "System",
    "UnknownSystemError",
    "changes",
    "codes_by_name",
    "division",
    "divisions_named",
    "entries",
    "is_a_name",
    "is_known",
    "lookup",
    "normalised_name",
    "parent_division",
    "standard_name",
    "top_level",
]
