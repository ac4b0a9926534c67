"""What a page of a portal says: the records that `evaluate` gives, without anything having been fetched."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.captures import ListedPaper
from schemas.portals import Family
from schemas.records import Kind

PageKind = Literal["list", "detail", "empty", "block_page", "login_page", "error_page", "truncated"]
"""What a page is. The last four are not what was asked for, though the server says 200; nothing is taken from them."""

FAILED_KINDS: tuple[PageKind, ...] = ("block_page", "login_page", "error_page", "truncated")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a paper from the way that led to its page; used where the page itself does not say."""

    kind: Kind | None = None
    fiscal_year: int | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """A page to go to: a GET of `address`, or a POST of `form` where there is one; hand it to `evaluate` as `origin`.

    `title` and `published_on` are what the link to it says.
    """

    address: str
    title: str = ""
    published_on: date | None = None
    hints: Hints = Hints()
    form: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that the page offers and that is no department's paper, by the name of the rule that says so."""

    paper: ListedPaper
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """All that a page offers, in the order of the page, each address once.

    `papers` are the files to fetch, `details` pages that probably offer papers, `lists` further pages of this list and
    lists that it links to; `passed_over` the other files of the page. `detail` tells what a failed page was seen by,
    `family` whose traces the page bears.
    """

    page_kind: PageKind
    title: str = ""
    papers: tuple[ListedPaper, ...] = ()
    details: tuple[Onward, ...] = ()
    lists: tuple[Onward, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    detail: str = ""
    family: Family = "generic"
