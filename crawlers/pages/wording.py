"""The words of portals as data, validated on load."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict

_FILE: Final = Path(__file__).with_name("wording.yaml")


def _compiled(pattern: str) -> str:
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_compiled)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Exclusion(_Frozen):
    """What is no paper: text that `pattern` is found in, and `unless` is not."""

    reason: str
    pattern: Pattern
    unless: Pattern | None

    def applies(self, text: str) -> bool:
        """Tell whether the rule speaks of `text`."""
        return bool(re.search(self.pattern, text)) and not (self.unless and re.search(self.unless, text))


class Wording(_Frozen):
    """`wording.yaml`; its comments say what each key means."""

    paper: Pattern
    department_paper: Pattern
    final_accounts: Pattern
    budget: Pattern
    both_kinds: Pattern
    government_strong: tuple[Pattern, ...]
    government_weak: tuple[Pattern, ...]
    township: Pattern
    division: Pattern
    acts_of_government: Pattern
    excluded: tuple[Exclusion, ...]
    organs: tuple[str, ...]
    no_organs: Pattern
    no_departments: Pattern
    lists: Pattern
    lists_skip: Pattern
    year_only: Pattern
    more: Pattern
    uninformative: Pattern
    navigation_tokens: frozenset[str]
    related_tokens: frozenset[str]
    related_words: Pattern
    next_page: Pattern
    way_down: Pattern
    article_title_tokens: frozenset[str]
    heading_tokens: frozenset[str]


@cache
def wording() -> Wording:
    """Return the words of portals.

    Raises:
        pydantic.ValidationError: an unknown or missing key, or a pattern that is no regular expression.
    """
    return Wording.model_validate(yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
