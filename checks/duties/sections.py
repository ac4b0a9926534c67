"""Duties that the text answers: by a heading with something under it, a sentence or a stated figure.

Or by the paper's word that it has nothing of the kind.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from checks.duties.seen import PaperSeen, is_about
from checks.statements.stated import base_name
from schemas.duties import BySection, duties
from schemas.duties.models import WHAT
from schemas.records import DisclosureItem, Passage
from schemas.wording import without_ordinal

LONGEST = 200
"""No more of what was found than so many characters goes into the dataset."""
_IF = re.compile(r"[如若][^,，。;；]{0,8}(没有|无|未)|是否")
"""What a template says for the case that there is nothing, or asks, tells nothing of this paper."""
_AMOUNT = re.compile(r"[1-9][\d,.]*(?:万元|元|亿元)")


def by_section(duty: str, answer: BySection, seen: PaperSeen) -> DisclosureItem | None:
    """Give what a paper prints of a thing, None where nothing of it was found."""
    return _headed(duty, answer, seen) or _stated(duty, answer, seen) or _says_none(duty, answer, seen)


def why_untold(duty: str, answer: BySection, seen: PaperSeen) -> DisclosureItem | None:
    """Tell why nobody can say that a thing is absent.

    None where it is absent: all was read, and no word of it stands anywhere.
    """
    if not seen.whole:
        return DisclosureItem(duty, "cannot_be_told", "not_read_whole")
    heading = next((each for each in seen.headings if is_about(each, answer.headings)), None)
    if heading is not None:
        return DisclosureItem(
            duty, "cannot_be_told", "nothing_under_heading", heading.passage.page, shortened(heading.passage.text)
        )
    if not seen.has_prose:
        return DisclosureItem(duty, "cannot_be_told", "prose_not_in_file")
    words = (*answer.elsewhere, *answer.headings)
    said = next(matching(everywhere(seen), words), None)
    if said is not None:
        return DisclosureItem(duty, "cannot_be_told", "words_elsewhere", said[1], shortened(said[0]))
    return None


def shortened(text: str) -> str:
    """The beginning of a text, as long as the dataset has it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def everywhere(seen: PaperSeen) -> Iterator[tuple[str, int]]:
    """All that is printed, contents and tables included, as plain text with its page."""
    yield from ((text, passage.page) for text, passage in zip(seen.plain, seen.passages, strict=True))
    yield from seen.printed_beside


def matching(texts: Iterable[tuple[str, int]], patterns: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The texts in which one of the patterns is found, each cut to the sentence around it."""
    for text, page in texts:
        for pattern in patterns:
            if match := re.search(pattern, text):
                yield sentence_at(text, match.start(), match.end()), page
                break


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence of a text around what was found."""
    first = max(text.rfind(stop, 0, start) for stop in "。;|") + 1
    last = min((at for at in (text.find(stop, end) for stop in "。;|") if at >= 0), default=len(text))
    return text[first : last + 1].rstrip("|")


def says_none(
    texts: Iterable[tuple[str, int]], things: Sequence[str], *, or_zero: bool = False
) -> tuple[str, int] | None:
    """The sentence, with its page, in which a paper says that it has nothing of a thing, or 0 of it."""
    words = duties().words
    wordings = (*words.nothing, *words.zero) if or_zero else words.nothing
    patterns = [each.replace(WHAT, f"(?:{thing})") for thing in things for each in wordings]
    said = (each for each in matching(texts, patterns) if not _IF.search(each[0]))
    return next(said, None) if patterns else None


def _says_none(duty: str, answer: BySection, seen: PaperSeen) -> DisclosureItem | None:
    said = says_none(((text, passage.page) for text, passage in _body(seen) if not _explains(text)), answer.none)
    if said is None:
        return None
    return DisclosureItem(duty, "not_applicable", "paper_says_none", said[1], shortened(said[0]))


def _explains(text: str) -> bool:
    """Whether a passage tells what a term means, or what an office does: neither says anything of the year."""
    if re.match(duties().words.acting, without_ordinal(text)):
        return True
    return re.search(r"^.{0,24}[:：](是|指|反映)|是指|指(行政|为|用于|反映)", text) is not None


def _headed(duty: str, answer: BySection, seen: PaperSeen) -> DisclosureItem | None:
    """The heading that the first of the patterns fits, or what stands under it where that says that there is none."""
    for core in answer.headings:
        for heading in seen.headings:
            under = seen.under(heading)
            if is_about(heading, (core,)) and _has_text(heading.at, seen, under):
                texts = [(seen.plain[at], seen.passages[at].page) for at in under]
                said = None if any(_AMOUNT.search(text) for text, _ in texts) else says_none(texts, answer.none)
                if said:
                    return DisclosureItem(duty, "not_applicable", "paper_says_none", said[1], shortened(said[0]))
                return DisclosureItem(duty, "met", None, heading.passage.page, shortened(heading.passage.text))
    return None


def _has_text(at: int, seen: PaperSeen, under: Sequence[int]) -> bool:
    """Whether text stands under a heading, or a table on its page."""
    if any(seen.plain[each] for each in under):
        return True
    page = seen.passages[at].page
    return any(page in table.pages and table.cells for table in seen.tables)


def _stated(duty: str, answer: BySection, seen: PaperSeen) -> DisclosureItem | None:
    """A sentence of the body or a figure that was read."""
    texts = ((text, passage.page) for text, passage in _body(seen) if answer.terms or not _explains(text))
    said = next(matching(texts, answer.sentences), None)
    if said is not None:
        return DisclosureItem(duty, "met", None, said[1], shortened(said[0]))
    fact = next((each for each in seen.facts if base_name(each.name) in answer.facts), None)
    return DisclosureItem(duty, "met", None, fact.page, shortened(fact.text)) if fact else None


def _body(seen: PaperSeen) -> Iterator[tuple[str, Passage]]:
    yield from zip(seen.plain[seen.body_starts :], seen.body, strict=True)
