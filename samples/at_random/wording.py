"""The words of one random paper: its titles, headings and labels, each the usual one or a synonym."""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Annotated

import yaml
from pydantic import Field

from samples.at_random.choices import Chosen
from samples.vocabulary import DATA, Facts

CITY = "示例市"
BUDGET_PREFIXES = ("一般公共预算财政拨款", "一般公共预算", "财政拨款", "政府性基金预算", "国有资本经营预算")
"""What may stand before the rest of a title that is another form's title by itself."""
Synonyms = Annotated[tuple[str, ...], Field(min_length=1)]


class Vocabulary(Facts):
    """The synonyms of titles by form, of headings and of a summary's labels by measure."""

    owners: Synonyms
    titles: dict[str, Synonyms]
    headings: dict[str, Synonyms]
    summary: dict[str, Synonyms]


@cache
def vocabulary() -> Vocabulary:
    """Load and validate the words."""
    return Vocabulary.model_validate(yaml.safe_load((DATA / "wording.yaml").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Wording:
    """Picks a paper's words; the same seed and key give the same word."""

    seed: int
    chosen: Chosen
    year: int

    def heading(self, key: str) -> str:
        """Word the heading of a column."""
        return self._synonym(vocabulary().headings[key], f"heading {key}", self.chosen["heading_words"] == "synonyms")

    def money(self, *path: str, unit: str | None = None) -> tuple[str, ...]:
        """Head a column of money: the last heading says the unit, the paper's or another, where the headings do."""
        said = f"（{unit or self.chosen['unit']}）" if self.chosen["unit_said"] == "headings" else ""
        return (*path[:-1], path[-1] + said)

    def label(self, key: str) -> str:
        """Word the label of a source of money in a summary."""
        return self._synonym(vocabulary().summary[key], f"summary {key}", self.chosen["heading_words"] == "synonyms")

    def title(self, form: str, place: int) -> str:
        """Compose the title of the form that stands at `place` in the paper."""
        kind = "决算" if self.chosen["kind"] == "final" else "预算"
        synonyms = self.chosen["title_words"] != "usual"
        what = self._synonym(vocabulary().titles[form], f"title {form}", synonyms).replace("<kind>", kind)
        before = self._owner_and_year()
        number = f"表{place}" if self.chosen["title_number"] == "joined" else ""
        unit = self._unit_after(form)
        if self.chosen["title_lines"] == "last_is_a_title":
            prefix = next((each for each in BUDGET_PREFIXES if what.startswith(each)), "")
            return f"{number}{before}{prefix}\n{what.removeprefix(prefix)}{unit}".lstrip("\n")
        whole = f"{number}{before}{what}{unit}"
        if self.chosen["title_lines"] == "two":
            half = len(whole) // 2
            return f"{whole[:half]}\n{whole[half:]}"
        return whole

    def number(self, place: int) -> str | None:
        """Give the number that is printed in a line of its own."""
        formats = {"line": "公开{:02d}表", "line_left": "附件1-{}", "dashed": "表1-{}"}
        form = formats.get(self.chosen["title_number"])
        return form.format(place) if form else None

    def _owner_and_year(self) -> str:
        words = self.chosen["title_words"]
        owners = vocabulary().owners
        owner = self._synonym(owners, "owner", True) if words == "owner" else f"{CITY}本级" if words == "city" else ""
        year = self.chosen["title_year"]
        return {
            "none": owner,
            "before": f"{self.year}年{owner}",
            "after_owner": f"{owner}{self.year}年度",
            "spaced": f"{self.year} 年 {owner} ",
        }[year]

    def _unit_after(self, form: str) -> str:
        if self.chosen["unit_said"] != "title":
            return ""
        unit = three_public_unit(self.chosen) if form == "three_public" else self.chosen["unit"]
        return self._synonym((f"（{unit}）", f"（单位：{unit}）"), "unit", True)

    def _synonym(self, words: tuple[str, ...], key: str, varied: bool) -> str:
        return Random(f"{self.seed} {key}").choice(words) if varied else words[0]


def three_public_unit(chosen: Chosen) -> str:
    """Give the unit of “三公”, which may be another than that of the other forms."""
    if chosen["three_public_unit"] == "same":
        return chosen["unit"]
    return "元" if chosen["unit"] == "万元" else "万元"
