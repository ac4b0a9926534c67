"""Why a check was not made, in Chinese: `reasons.yaml` has a wording for each reason that the checks give."""

import re
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from schemas.dataset import dataset
from schemas.identities.papers import Pattern


class _Wording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Pattern
    zh: str


_WORDINGS: TypeAdapter[tuple[_Wording, ...]] = TypeAdapter(tuple[_Wording, ...])


@cache
def _wordings() -> tuple[_Wording, ...]:
    text = resources.files(__package__).joinpath("reasons.yaml").read_text("utf-8")
    return _WORDINGS.validate_python(yaml.load(text, Loader=yaml.CSafeLoader))


def in_chinese(reason: str) -> str:
    """Give a reason in Chinese, or as it is where no wording fits."""
    for wording in _wordings():
        if match := re.fullmatch(wording.reason, reason):
            named = {key: value or "" for key, value in match.groupdict().items()}
            half, measure = named.pop("half", ""), named.pop("measure", "")
            return wording.zh.format(form=_half(half), measure=_word("measure", measure), **named)
    return reason


def _half(name: str) -> str:
    """A form and its half: 收入支出总表（支出用途）."""
    form, _, side = name.partition("/")
    return _word("form", form) + (f"（{_word('side', side)}）" if side else "")


def _word(vocabulary: str, value: str) -> str:
    described = dataset().vocabularies[vocabulary].values.get(value)
    return described.zh if described else value
