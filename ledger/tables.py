"""The ledger's tables, the same in SQLite and PostgreSQL.

Documents are referred to by a number, which keeps the millions of rows about them short. An absent text that is part of
a key is '' rather than NULL, for NULLs are never equal to one another.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

SCHEMA_VERSION = 3
"""A later version only adds tables and columns, so that an older ledger is brought up to it in place."""

metadata = MetaData()
Number = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers its rows in an INTEGER alone."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so that it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """A moment with its zone to one in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without its zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """What the database gives, in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)  # type: ignore[no-any-return]


def _required(name: str, kind: Any = Text, *more: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, *more, nullable=False, **options)


def _document(name: str = "document_no", **options: Any) -> Column[Any]:
    return Column(name, Number, ForeignKey("documents.document_no"), **options)


ledger_info = Table("ledger_info", metadata, Column("name", Text, primary_key=True), _required("value"))

nights = Table(
    "nights",
    metadata,
    Column("night_id", Number, primary_key=True),
    _required("portal"),
    _required("night_date", Date),
    _required("started", Moment),
    _required("code_version"),
    Column("finished", Moment),
    Column("finish_reason", Text),
    Column("requests", Integer),
    Column("bytes_received", BigInteger),
)
Index("nights_by_date", nights.c.night_date, nights.c.portal)
Index(
    "nights_that_run",
    nights.c.portal,
    unique=True,
    sqlite_where=nights.c.finished.is_(None),
    postgresql_where=nights.c.finished.is_(None),
)

documents = Table(
    "documents",
    metadata,
    Column("document_no", Number, primary_key=True),
    _required("document_id", unique=True),
    _required("size_bytes", BigInteger),
    _required("portal", comment="of its earliest capture"),
)
Index("documents_by_portal", documents.c.portal, documents.c.document_no)

captures = Table(
    "captures",
    metadata,
    Column("capture_no", Number, primary_key=True),
    _required("portal"),
    _required("url"),
    _required("member", comment="'' for the file at the address itself"),
    _document(nullable=False),
    _required("first_seen", Moment),
    _required("last_seen", Moment),
    Column("first_night", Number, ForeignKey("nights.night_id")),
    Column("last_night", Number, ForeignKey("nights.night_id")),
    _required("file_name"),
    _required("page_url"),
    _required("title"),
    _required("link_text"),
    Column("kind", Text),
    Column("fiscal_year", Integer),
    Column("department", Text),
    Column("published_on", Date),
    _required("role", server_default="paper"),
    Column("division", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    _document("superseded_by"),
    UniqueConstraint("portal", "url", "member", "document_no"),
)
Index("captures_by_document", captures.c.document_no)
Index("captures_by_url", captures.c.url)
Index(
    "captures_by_coverage", captures.c.portal, captures.c.fiscal_year, captures.c.kind, captures.c.superseded_by
)  # covers the question, so that a million rows are counted from the index alone

fetch_failures = Table(
    "fetch_failures",
    metadata,
    _required("night_id", Number, ForeignKey("nights.night_id")),
    _required("url"),
    _required("reason"),
    _required("detail"),
    _required("at", Moment),
    Column("title", Text),
    Column("kind", Text),
    Column("fiscal_year", Integer),
    Column("department", Text),
    PrimaryKeyConstraint("night_id", "url", "reason"),
)

portal_findings = Table(
    "portal_findings",
    metadata,
    _required("night_id", Number, ForeignKey("nights.night_id")),
    _required("code"),
    _required("detail"),
    _required("at", Moment),
    PrimaryKeyConstraint("night_id", "code", "detail"),
)

runs = Table(
    "runs",
    metadata,
    Column("run_no", Number, primary_key=True),
    _document(nullable=False),
    _required("stage"),
    _required("status"),
    _required("input_hash"),
    _required("code_version"),
    _required("started", Moment),
    Column("finished", Moment),
    Column("output_hash", Text),
    Column("reason", Text),
    Column("detail", Text),
)
Index("runs_by_document", runs.c.document_no)

standings = Table(
    "standings",
    metadata,
    _document(nullable=False),
    _required("stage"),
    _required("state"),
    _required("input_hash", comment="what waits, or what the last run processed"),
    _required("code_version", comment="'' while it waits"),
    _required("reason", comment="'' where there is none"),
    Column("run_no", Number, ForeignKey("runs.run_no"), comment="while it runs"),
    PrimaryKeyConstraint("document_no", "stage"),
    sqlite_with_rowid=False,
)
Index(
    "standings_by_work", standings.c.stage, standings.c.state, standings.c.code_version, standings.c.document_no
)  # each bucket of what is due is one range of it

standing_tallies = Table(
    "standing_tallies",
    metadata,
    _required("portal"),
    _required("stage"),
    _required("state"),
    _required("code_version"),
    _required("reason"),
    _required("count", Integer),
    PrimaryKeyConstraint("portal", "stage", "state", "code_version", "reason"),
    sqlite_with_rowid=False,
    comment="how many standings are alike; written in the transaction that moves them",
)

night_tallies = Table(
    "night_tallies",
    metadata,
    _required("night_date", Date),
    _required("portal"),
    _required("stage"),
    _required("state"),
    _required("reason"),
    _required("count", Integer),
    PrimaryKeyConstraint("night_date", "portal", "stage", "state", "reason"),
    sqlite_with_rowid=False,
    comment="what happened under a date",
)
