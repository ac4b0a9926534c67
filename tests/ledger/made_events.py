"""Events of a crawl that never was."""

import hashlib
from datetime import date, datetime

from schemas.captures import Capture, FetchFailure, ListedPaper, PortalFinding, Unchanged

PORTAL = "tianyuan"
CODE = "code-1"


def identity(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def paper(name: str, *, year: int | None = 2024, title: str | None = None) -> ListedPaper:
    return ListedPaper(
        url=f"https://{PORTAL}.example/{name}.pdf",
        page_url=f"https://{PORTAL}.example/list.htm",
        title=title or f"{name}部门决算",
        link_text="附件",
        kind="final_accounts",
        fiscal_year=year,
        department=name,
        published_on=date(2025, 9, 1),
    )


def capture(
    name: str,
    at: datetime,
    *,
    content: str | None = None,
    portal: str = PORTAL,
    member: str | None = None,
    title: str | None = None,
    year: int | None = 2024,
) -> Capture:
    content = content or name
    return Capture(
        portal=portal,
        paper=paper(name, title=title, year=year),
        member=member,
        document_id=identity(content),
        file_name=f"{name}.pdf",
        size_bytes=len(content),
        fetched_at=at,
        headers=(("etag", f'"{content}"'), ("last-modified", "Mon, 01 Sep 2025 00:00:00 GMT")),
    )


def unchanged(name: str, at: datetime, *, portal: str = PORTAL) -> Unchanged:
    return Unchanged(portal, paper(name), at)


def failure(name: str, at: datetime, reason: str = "not_found") -> FetchFailure:
    return FetchFailure(PORTAL, paper(name).url, reason, "status 404", at, paper(name))


def finding(at: datetime, code: str = "yields_nothing") -> PortalFinding:
    return PortalFinding(PORTAL, code, "expected 80, found 0", at)
