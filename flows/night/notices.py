"""What a night has to tell: one message, or none where nothing happened that anybody must know of."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

import yaml
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, ValidationError

from schemas.errors import WrongUseError

FILE: Final = "notices.yaml"
URLS, HEARTBEAT = "GONGKAI_NOTIFY", "GONGKAI_HEARTBEAT"
"""Variables that go before the file: addresses hold passwords, which some would rather keep out of it."""
LISTED: Final = 20


class NoticeSettings(BaseModel):
    """Whom to tell: `ROOT/notices.yaml`.

    `urls` are Apprise's (`mailto://…`, `dingtalk://…`, `wecombot://…`, `feishu://…`, `json://…`); `heartbeat` is asked
    for after a night that went well, and with `/fail` after another; `page` is where the links of a message lead.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    urls: tuple[str, ...] = ()
    heartbeat: AnyHttpUrl | None = None
    page: str | None = None


def notice_settings(root: Path, environment: Mapping[str, str] = os.environ) -> NoticeSettings:
    """The settings of a root. Raises `WrongUseError` where the file cannot be used."""
    file = root / FILE
    try:
        given = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else None
        data = dict(given or {})
        if urls := environment.get(URLS, "").split():
            data["urls"] = urls
        if heartbeat := environment.get(HEARTBEAT):
            data["heartbeat"] = heartbeat
        return NoticeSettings.model_validate(data)
    except (OSError, ValueError, TypeError, yaml.YAMLError, ValidationError) as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise WrongUseError(f"通知的设置有误 / settings of notices that cannot be used: {file}: {said}") from error


@dataclass(frozen=True, slots=True)
class Silent:
    """A portal from which nothing was seen for so many days."""

    portal: str
    days: int


@dataclass(frozen=True, slots=True)
class Tonight:
    """What there is to tell of a night: `error` where it failed, broken bounds by portal, a release that is new."""

    night: date
    error: str | None = None
    breaches: Mapping[str, Sequence[str]] | None = None
    silent: Sequence[Silent] = ()
    release: str | None = None
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A message: a line for each thing that there is to tell, then links. `is_bad` where somebody must look."""

    title: str
    lines: tuple[str, ...]
    links: tuple[str, ...]
    is_bad: bool

    @property
    def body(self) -> str:
        """The message's text."""
        return "\n".join([*self.lines, *self.links])

    def without(self, told: Callable[[str], bool]) -> "Notice | None":
        """What is left once the lines are taken out that were told before; None where nothing is."""
        left = tuple(line for line in self.lines if not told(digest_of(line)))
        return replace(self, lines=left) if left else None


def digest_of(line: str) -> str:
    """What a line is known by, in few letters."""
    return sha256(line.encode()).hexdigest()[:32]


def notice_of(tonight: Tonight, page: str | None = None) -> Notice | None:
    """The one message of a night, None where there is nothing to tell."""
    lines = [*_failed(tonight), *_broken(tonight), *_silent(tonight), *_released(tonight)]
    if not lines:
        return None
    is_bad = bool(tonight.error or tonight.breaches or tonight.silent or tonight.held_back)
    title = f"公开 {tonight.night}：{'请查看 / look' if is_bad else '已发布 / published'}"
    links = [f"{page.rstrip('/')}/runs", f"{page.rstrip('/')}/releases/index.html"] if page else []
    return Notice(title, tuple(lines), tuple(links), is_bad)


def _failed(tonight: Tonight) -> list[str]:
    return [f"✗ 这一夜失败 / the night failed: {tonight.error}"] if tonight.error else []


def _broken(tonight: Tonight) -> list[str]:
    told = [f"! {portal}：{'; '.join(said)}" for portal, said in sorted((tonight.breaches or {}).items())]
    return _shortened(told)


def _silent(tonight: Tonight) -> list[str]:
    told = [f"? {each.portal}：{each.days} 天没有文件 / no paper seen for {each.days} days" for each in tonight.silent]
    return _shortened(told)


def _released(tonight: Tonight) -> list[str]:
    held = f"✗ {tonight.held_back} 份文件未能发布 / papers were held back" if tonight.held_back else ""
    new = f"✓ 已发布 / published: {tonight.release}" if tonight.release else ""
    return [line for line in (held, new) if line]


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - LISTED
    return [*lines[:LISTED], f"… 另 {more} 个 / {more} more"] if more > 0 else lines
