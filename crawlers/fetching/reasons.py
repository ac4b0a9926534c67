"""The reasons of failures and the findings about portals in words: Chinese and English, for the terminal and pages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from crawlers.errors import REASONS

_FILE: Final = Path(__file__).with_name("reasons.yaml")


class ReasonText(NamedTuple):
    """A reason's or finding's name in Chinese, and the advice on it in both languages."""

    zh: str
    advice_zh: str
    advice: str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ReasonWords(_Strict):
    zh: str
    advice_zh: str


class _FindingWords(_ReasonWords):
    advice: str


class _Wording(_Strict):
    reasons: Mapping[str, _ReasonWords]
    findings: Mapping[str, _FindingWords]

    @model_validator(mode="after")
    def _is_complete(self) -> "_Wording":
        odd = set(self.reasons) ^ set(REASONS)
        if odd:
            raise ValueError(f"reasons without words, or words without a reason: {', '.join(sorted(odd))}")
        return self


@cache
def _wording() -> _Wording:
    return _Wording.model_validate(yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def reason_text(code: str) -> ReasonText:
    """What to say of a `FetchFailure.reason` or a `PortalFinding.code`.

    Raises:
        KeyError: neither knows it.
    """
    wording = _wording()
    if code in wording.findings:
        finding = wording.findings[code]
        return ReasonText(finding.zh, finding.advice_zh, finding.advice)
    reason = wording.reasons[code]
    return ReasonText(reason.zh, reason.advice_zh, REASONS[code].advice)
