"""What stands beside a title, above a table: the unit, and the organisation after 部门：."""

import re
from collections.abc import Iterable
from functools import cache
from typing import cast

from schemas.forms.titles import is_organisation, read_title
from schemas.records import Unit
from schemas.wording import plain

_UNIT = re.compile(
    r"(?:\(?(?:金额|货币|计量)?单位[::]?|\()(?:人民币)?(?P<unit>亿元|千元|万元|元)"
    r"(?=$|[^\u4e00-\u9fff]|部门|单位|编制|填报|公开|表|项目|收入|支出|预算|科目|金额|功能|\))\)?"
)
_UNIT_CUT = re.compile(r"(?:金额|货币)?单位[::](?:人民币)?(?P<first>亿|千|万)$")
_UNIT_BARE = re.compile(r"(?<=[\u4e00-\u9fff)])(?P<unit>亿元|千元|万元)$")
_DEPARTMENT = re.compile(
    r"(?:编制|填报|填表|填制|预算|决算|公开|报送|汇总|主管)?(?:部门|单位)(?:\((?:单位|部门|公章|盖章)\))?(?:名称|全称)?(?:\(.{0,4}章\))?[::]"
    r"(?P<name>.*?)(?=(?:金额|货币|计量)?单位[::]|公开(?:表)?\d|财决|填报|编制日期|日期[::]|$)"
)
_CODED_NAME = re.compile(r"\(?\d{3,9}\)?[-_]?(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff()·\-]{2,40})")
"""A department after its number, with nothing that calls it one: 341-湖州市财政局."""


@cache
def alone(text: str) -> str:
    """A line without the unit and the department that stand beside the title."""
    line = _UNIT.sub("", plain(text))
    match = _DEPARTMENT.search(line)
    if match and (beside := read_title(match["name"])) and beside.who:
        return line[: match.start()] + line[match.start("name") :]
    return _DEPARTMENT.sub("", line)


def unit_in(texts: Iterable[str]) -> Unit | None:
    """The unit that a heading declares; 单位：万 with its 元 broken to the next line counts."""
    found: str | None = None
    for text in map(plain, texts):
        for match in _UNIT.finditer(text):
            if match[0].startswith("(") and "单位" not in match[0] and not text.endswith(match[0]):
                continue
            found = match["unit"]
        if cut := _UNIT_CUT.search(text):
            found = f"{cut['first']}元"
    return cast("Unit | None", found)


def department_in(texts: Iterable[str]) -> str | None:
    """The organisation after 部门：, 编制单位： and the like, or after its number."""
    lines = [plain(text) for text in texts]
    cut = any(_UNIT_CUT.search(line) for line in lines)
    for line in lines:
        bare = _UNIT_CUT.sub("", _UNIT.sub("", line))
        bare = bare.removesuffix("元") if cut else bare
        for match in _DEPARTMENT.finditer(bare):
            if name := _named(match["name"].strip(":-_/ ")):
                return name
        coded = _CODED_NAME.fullmatch(_UNIT_BARE.sub("", bare))
        if coded and is_organisation(coded["name"]):
            return coded["name"]
    return None


def _named(text: str) -> str:
    """A department's name without its number and without the title that stands on the same line."""
    coded = _CODED_NAME.fullmatch(text)
    name = coded["name"] if coded else text
    reading = read_title(name)
    return reading.who if reading else name
