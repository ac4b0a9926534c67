"""What a release holds, and the history of one document."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, and_, select

from ledger.database import read_transaction
from ledger.errors import AmbiguousDocumentError, UnknownDocumentError
from ledger.records import CaptureRecord, CurrentDocument, History, Run, primary_capture
from ledger.tables import captures, documents, runs, standings

PAGE = 1000
"""Documents in memory at a time."""
SHOWN = 5
"""So many ids are told where a prefix is not unique."""

_successors = documents.alias("successors")
_RECORD = tuple(
    captures.c[name]
    for name in (
        "portal", "url", "member", "file_name", "page_url", "title", "link_text", "kind", "fiscal_year", "department",
        "published_on", "role", "division", "first_seen", "last_seen", "etag", "last_modified",
    )
)  # fmt: skip
_RUN = tuple(
    runs.c[name]
    for name in (
        "stage", "status", "started", "finished", "code_version", "input_hash", "output_hash", "reason", "detail",
    )
)  # fmt: skip
"""In the order of `Run`."""


def current_documents(engine: Engine) -> Iterator[CurrentDocument]:
    """See `ledger.Ledger.current_documents`."""
    after = ""
    while page := _page(engine, after):
        yield from page
        after = page[-1].document_id


def _page(engine: Engine, after: str) -> list[CurrentDocument]:
    """The next documents by ascending id, each from all of its captures."""
    ours = select(documents.c.document_no).where(documents.c.document_id > after)
    ours = ours.order_by(documents.c.document_id).limit(PAGE)
    read = and_(standings.c.document_no == captures.c.document_no, standings.c.stage == "read")
    asked = _captures(documents.c.size_bytes, standings.c.state)
    asked = asked.outerjoin(standings, read).where(captures.c.document_no.in_(ours))
    with read_transaction(engine) as connection:
        rows = connection.execute(asked.order_by(documents.c.document_id)).all()
    return [_current(list(group)) for _, group in groupby(rows, key=lambda row: row.document_id)]


def _current(rows: Sequence[Any]) -> CurrentDocument:
    """The document of these captures."""
    row = rows[0]
    return CurrentDocument(primary_capture(map(_record, rows)), row.size_bytes, row.state)


def document_id(connection: Connection, prefix: str) -> str:
    """See `ledger.Ledger.document_id`."""
    begins_so = documents.c.document_id.between(prefix.lower(), prefix.lower() + "g")  # g comes after the hex digits
    asked = select(documents.c.document_id).where(begins_so).order_by(documents.c.document_id).limit(SHOWN)
    found: list[str] = list(connection.scalars(asked))
    if not found:
        raise UnknownDocumentError(prefix)
    if len(found) > 1:
        raise AmbiguousDocumentError(f"{prefix}: {', '.join(found)}")
    return found[0]


def history(connection: Connection, identity: str) -> History:
    """See `ledger.Ledger.history`."""
    columns = (documents.c.document_no, documents.c.size_bytes)
    document = connection.execute(select(*columns).where(documents.c.document_id == identity)).one_or_none()
    if document is None:
        raise UnknownDocumentError(identity)
    asked = _captures().where(captures.c.document_no == document.document_no)
    seen = connection.execute(asked.order_by(captures.c.first_seen, captures.c.capture_no))
    ran = select(*_RUN).where(runs.c.document_no == document.document_no).order_by(runs.c.started, runs.c.run_no)
    return History(
        identity,
        document.size_bytes,
        tuple(_record(row) for row in seen),
        tuple(Run(*row) for row in connection.execute(ran)),
    )


def _captures(*more: Any) -> Any:
    """Captures with the ids of their documents and of those that supersede them."""
    ids = (documents.c.document_id, _successors.c.document_id.label("successor"))
    joined = select(*_RECORD, *ids, *more).join_from(
        captures, documents, captures.c.document_no == documents.c.document_no
    )
    return joined.outerjoin(_successors, captures.c.superseded_by == _successors.c.document_no)


def _record(row: Any) -> CaptureRecord:
    values = {column.name: getattr(row, column.name) for column in _RECORD}
    values["member"] = row.member or None
    return CaptureRecord(**values, document_id=row.document_id, superseded_by=row.successor)
