"""The words that example papers are made of: classification codes with their names, and invented departments.

Codes and names are those of 政府收支分类科目 as governments print them in their 2024 and 2025 tables
(functions.csv, types.csv) and as the official form of 部门决算 lists them (economics.csv).
"""

import csv
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from samples.accounts import OTHER_SOURCES, Source

DATA = Path(__file__).parent / "data"

ItemCode = Annotated[str, Field(pattern=r"^\d{7}$")]
EconomicCode = Annotated[str, Field(pattern=r"^\d{5}$")]


class Facts(BaseModel):
    """A record of the data files: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Department(Facts):
    """An invented department: what it spends on, by 项, and how many people it employs."""

    name: str
    staff: Annotated[int, Field(gt=0)]
    running: tuple[ItemCode, ...]
    projects: tuple[ItemCode, ...]
    government_fund: tuple[ItemCode, ...]
    state_capital: tuple[ItemCode, ...]
    other_income: dict[ItemCode, Source]


class StaffCost(Facts):
    """What a department pays for each of its people: under which economic code, from and to how many yuan a year."""

    economic: EconomicCode
    per_head: tuple[int, int]


class Departments(Facts):
    """All invented departments, and what each of them pays for its people."""

    running_per_head: tuple[int, int]
    everyone: dict[ItemCode, StaffCost]
    economic_parts: dict[EconomicCode, int]
    departments: tuple[Department, ...]


def _names(file_name: str) -> dict[str, str]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row["name"] for row in csv.DictReader(rows)}


@cache
def functions() -> dict[str, str]:
    """Names of 支出功能分类 by code of 3, 5 or 7 digits, in code order."""
    return _names("functions.csv")


@cache
def types() -> dict[str, str]:
    """Names of the 类 that a 总表 lists, by 3-digit code, in printed order."""
    return _names("types.csv")


@cache
def economics() -> dict[str, str]:
    """Names of 部门预算支出经济分类 by code of 3 or 5 digits, in code order."""
    return _names("economics.csv")


@cache
def departments() -> Departments:
    """Load the invented departments.

    Raises:
        ValueError: a code has no name, or an item is paid from a source that is none.
    """
    found = Departments.model_validate(yaml.safe_load((DATA / "departments.yaml").read_text(encoding="utf-8")))
    for department in found.departments:
        codes = {*department.running, *department.projects, *department.government_fund, *department.state_capital}
        unknown = (codes | set(found.everyone) | set(department.other_income)) - functions().keys()
        if unknown:
            raise ValueError(f"{department.name}: no name for {sorted(unknown)}")
        if not set(department.other_income.values()) <= set(OTHER_SOURCES):
            raise ValueError(f"{department.name}: other_income names a fiscal source")
    return found
