"""Stages, states and reasons in words for the terminal: Chinese and the ledger's own names."""

from collections.abc import Mapping

from cli.printing.reasons import error_advice, wording
from crawlers.fetching.reasons import ReasonText, reason_text

STAGE_WORDS: Mapping[str, str] = {
    "fetched": "抓取 fetched",
    "read": "读取 read",
    "checked": "勾稽 checked",
    "published": "发布 published",
}
STATE_WORDS: Mapping[str, tuple[str, str]] = {
    "waiting": ("待办 waiting", ""),
    "running": ("进行中 running", "cyan"),
    "ok": ("完成 ok", "green"),
    "failed": ("失败 failed", "red"),
}
"""With the colour."""


def reason_words(reason: str | None) -> str:
    """A typed reason with its Chinese name where one is known; '' where there is no reason."""
    if reason is None:
        return ""
    words = wording()
    known = words.errors.get(reason) or words.pages.get(reason)
    return f"{known.zh} {reason}" if known else reason


def advice_on(reason: str) -> str | None:
    """A reason with what to do about it, in Chinese and English; None where nothing is known of it."""
    if reason in wording().errors:
        words = wording().errors[reason]
        return f"{words.zh} {reason} 建议 advice：{words.advice_zh} / {error_advice().get(reason, '')}"
    known = _of_the_crawl(reason)
    return f"{known.zh} {reason} 建议 advice：{known.advice_zh} / {known.advice}" if known else None


def _of_the_crawl(reason: str) -> ReasonText | None:
    """The words for why an address gave nothing, or for what a visit showed of its portal."""
    try:
        return reason_text(reason)
    except KeyError:
        return None


def figure(count: int) -> str:
    """A count for a table; '' for none, so that what happened stands out."""
    return f"{count:,}" if count else ""
