"""Taking down what a crawl reports. Reported again, an event changes nothing but what is newer in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from ledger.database import insert_into
from ledger.recording.counts import NightKey, add_night
from ledger.recording.stage_runs import queue_next
from ledger.recording.transitions import DocumentRow, StandingState, Transitions, transitions
from ledger.records import Night
from ledger.tables import captures, documents, fetch_failures, portal_findings, runs
from schemas.captures import Capture, CrawlEvent, FetchFailure, ListedPaper, PortalFinding, Unchanged, Validators

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
"""What is counted of a paper that was found: not known before, with other bytes than before, or as it was."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """That an address gave these bytes at a moment. `described` are the columns of `captures` that a page tells."""

    document: DocumentRow
    portal: str
    url: str
    member: str
    at: datetime
    night: Night | None
    described: dict[str, Any]

    @property
    def night_id(self) -> int | None:
        """The night's number, None for what an archive kept."""
        return self.night.night_id if self.night else None

    @property
    def paper(self) -> ColumnElement[bool]:
        """All that this place of this portal ever gave."""
        place = (captures.c.portal == self.portal, captures.c.url == self.url)
        return and_(*place, captures.c.member == self.member)

    @property
    def bytes(self) -> ColumnElement[bool]:
        """These bytes."""
        return captures.c.document_no == self.document.number

    def as_first(self) -> dict[str, Any]:
        """The row of a capture that is new."""
        key = {"portal": self.portal, "url": self.url, "member": self.member, "document_no": self.document.number}
        times = {"first_seen": self.at, "last_seen": self.at}
        return key | times | {"first_night": self.night_id, "last_night": self.night_id} | self.described

    def added_to(self, known: Any) -> dict[str, Any]:
        """What changes in the row of a capture that is known, whichever of the two came first."""
        times = {"first_seen": min(known.first_seen, self.at), "last_seen": max(known.last_seen, self.at)}
        last_night = max(known.last_night or 0, self.night_id or 0) or None
        return times | {"last_night": last_night} | (self.described if self.at >= known.last_seen else {})


def record_all(connection: Connection, events: Sequence[CrawlEvent], night: Night | None, code_version: str) -> None:
    """Take down events in one transaction; `night` is None for captures that an archive kept."""
    counted: Counter[NightKey] = Counter()
    with transitions(connection) as changes:
        for event in sorted(events, key=lambda each: each.document_id if isinstance(each, Capture) else ""):
            brought = _record(changes, event, night, code_version)
            if brought and night:
                counted[NightKey(night.date, night.portal, "fetched", *brought)] += 1
    add_night(connection, counted)


def _record(changes: Transitions, event: CrawlEvent, night: Night | None, code_version: str) -> tuple[str, str] | None:
    """The state and the reason by which the event counts; None where the night has it already."""
    if isinstance(event, Capture):
        return _counted(_capture(changes, event, night, code_version))
    assert night is not None
    if isinstance(event, Unchanged):
        return _counted(_unchanged(changes, event, night))
    if isinstance(event, FetchFailure):
        return ("failed", event.reason) if _failure(changes.connection, event, night) else None
    _finding(changes.connection, event, night)
    return None


def _counted(brought: str | None) -> tuple[str, str] | None:
    return None if brought is None else ("ok", brought)


def _capture(changes: Transitions, event: Capture, night: Night | None, code_version: str) -> str | None:
    document = changes.lock_new(event.document_id, event.size_bytes, event.portal)
    headers = dict(event.headers)
    described = _described(event.paper, event.file_name)
    described |= {"etag": headers.get("etag"), "last_modified": headers.get("last-modified")}
    place = (event.portal, event.paper.url, event.member or "")
    brought = _see(changes.connection, Sighting(document, *place, event.fetched_at, night, described))
    changes.rehome(document)
    _fetched(changes, changes.lock(event.document_id), event.fetched_at, code_version)
    return brought


def _fetched(changes: Transitions, document: DocumentRow, at: datetime, code_version: str) -> None:
    """The stage `fetched`, which a document passes once, whatever comes of its address later."""
    if changes.position(document, "fetched"):
        return
    position = StandingState("ok", document.document_id, code_version)
    run = {
        "document_no": document.number,
        "stage": "fetched",
        "status": "ok",
        "input_hash": document.document_id,
        "output_hash": document.document_id,
        "code_version": code_version,
        "started": at,
        "finished": at,
    }
    changes.connection.execute(insert(runs).values(run))
    changes.move(document, "fetched", position)
    queue_next(changes, document, "fetched", "ok", document.document_id)


def _see(connection: Connection, sighting: Sighting) -> str | None:
    """Take down that an address gave these bytes; what that brought, None where the night has it already."""
    known = connection.execute(select(captures).where(sighting.paper, sighting.bytes)).one_or_none()
    if known is None:
        others = connection.scalars(select(func.count()).where(sighting.paper)).one()
        connection.execute(insert(captures).values(sighting.as_first()))
        _chain(connection, sighting.paper)
        return CHANGED if others else NEW
    ours = captures.c.capture_no == known.capture_no
    connection.execute(update(captures).where(ours).values(sighting.added_to(known)))
    _chain(connection, sighting.paper)
    if known.last_night == sighting.night_id:
        return None
    return CHANGED if known.superseded_by else UNCHANGED


def _chain(connection: Connection, paper: Any) -> None:
    """Of the bytes that one paper has had, let each be superseded by those that were seen last after it."""
    order = (captures.c.last_seen, func.coalesce(captures.c.last_night, 0), captures.c.capture_no)
    columns = (captures.c.capture_no, captures.c.document_no, captures.c.superseded_by)
    rows = connection.execute(select(*columns).where(paper).order_by(*order)).all()
    successors = [*(row.document_no for row in rows[1:]), None]
    for row, successor in zip(rows, successors, strict=True):
        if row.superseded_by != successor:
            ours = captures.c.capture_no == row.capture_no
            connection.execute(update(captures).where(ours).values(superseded_by=successor))


def _unchanged(changes: Transitions, event: Unchanged, night: Night) -> str | None:
    """The last bytes of the address are seen again; where another portal fetched them, this one has them now too."""
    url = event.paper.url
    rows = last_fetch(changes.connection, url, event.portal) or last_fetch(changes.connection, url)
    brought = None
    for row in sorted(rows, key=lambda row: row.document_id):
        document = changes.lock(row.document_id)
        described = _described(event.paper, row.file_name) | {"etag": row.etag, "last_modified": row.last_modified}
        sighting = Sighting(document, event.portal, url, row.member, event.seen_at, night, described)
        seen = _see(changes.connection, sighting)
        brought = brought or seen
        changes.rehome(document)
    return brought


def _described(paper: ListedPaper, file_name: str) -> dict[str, Any]:
    return {
        "file_name": file_name,
        "page_url": paper.page_url,
        "title": paper.title,
        "link_text": paper.link_text,
        "kind": paper.kind,
        "fiscal_year": paper.fiscal_year,
        "department": paper.department,
        "published_on": paper.published_on,
        "role": paper.role,
        "division": paper.division,
    }


def _failure(connection: Connection, event: FetchFailure, night: Night) -> bool:
    """Whether it is the night's first of this address and reason."""
    paper = event.paper
    row = {
        "night_id": night.night_id,
        "url": event.url,
        "reason": event.reason,
        "detail": event.detail,
        "at": event.at,
        "title": paper.title if paper else None,
        "kind": paper.kind if paper else None,
        "fiscal_year": paper.fiscal_year if paper else None,
        "department": paper.department if paper else None,
    }
    new = insert_into(connection, fetch_failures).values(row).on_conflict_do_nothing()
    return connection.execute(new.returning(fetch_failures.c.night_id)).first() is not None


def _finding(connection: Connection, event: PortalFinding, night: Night) -> None:
    row = {"night_id": night.night_id, "code": event.code, "detail": event.detail, "at": event.at}
    connection.execute(insert_into(connection, portal_findings).values(row).on_conflict_do_nothing())


def last_fetch(connection: Connection, url: str, portal: str | None = None) -> list[Any]:
    """The captures that the last fetch of an address gave (to a portal): all members of an archive at once."""
    at_url = captures.c.url == url if portal is None else and_(captures.c.url == url, captures.c.portal == portal)
    asked = select(captures, documents.c.document_id)
    asked = asked.join_from(captures, documents, captures.c.document_no == documents.c.document_no)
    rows = connection.execute(asked.where(at_url, captures.c.superseded_by.is_(None))).all()
    return [row for row in rows if _moment(row) == max(map(_moment, rows))]


def _moment(row: Any) -> tuple[datetime, int]:
    """When bytes were seen last, also where the clock stands still."""
    return row.last_seen, row.last_night or 0


def validators(connection: Connection, url: str) -> Validators | None:
    """What the last fetch of an address gave, None where there was none.

    Of an archive's members only the last that was reported carries the server's tags: after a kill amid them there are
    none to ask by, and the archive is fetched whole.
    """
    rows = last_fetch(connection, url)
    if not rows:
        return None
    tagged = next((row for row in rows if row.etag or row.last_modified), rows[0])
    return Validators(tagged.etag, tagged.last_modified, tuple(sorted({row.document_id for row in rows})))
