"""The database under the ledger: SQLite with a write-ahead log, or PostgreSQL; short transactions, typed errors.

SQLite runs with synchronous=FULL: a commit tells the crawler that it need not fetch a paper again, so it must outlast a
power cut, and the one fsync it costs is nothing beside a fetch or a reading.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.schema import Table

from ledger.errors import (
    LedgerDamagedError,
    LedgerError,
    LedgerFullError,
    LedgerLockedError,
    LedgerUnreachableError,
)

WAIT_SECONDS = 30.0
CACHE_KIBIBYTES = 32 * 1024
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"cache_size=-{CACHE_KIBIBYTES}")
SQLITE_ERRORS: dict[int, type[LedgerError]] = {
    3: LedgerUnreachableError,  # SQLITE_PERM
    5: LedgerLockedError,  # SQLITE_BUSY
    6: LedgerLockedError,  # SQLITE_LOCKED
    8: LedgerUnreachableError,  # SQLITE_READONLY
    10: LedgerUnreachableError,  # SQLITE_IOERR
    11: LedgerDamagedError,  # SQLITE_CORRUPT
    13: LedgerFullError,  # SQLITE_FULL
    14: LedgerUnreachableError,  # SQLITE_CANTOPEN
    26: LedgerDamagedError,  # SQLITE_NOTADB
}
"""Primary result codes, of sqlite.org/rescode.html."""
SHARED_MEMORY_FULL = 4874
"""SQLITE_IOERR_SHMSIZE: the file beside the log cannot grow, which is a full disk."""
POSTGRESQL_ERRORS: dict[str, type[LedgerError]] = {
    "53100": LedgerFullError,  # disk_full
    "55P03": LedgerLockedError,  # lock_not_available
    "40P01": LedgerLockedError,  # deadlock_detected
}
"""SQLSTATE, of PostgreSQL's appendix A."""


def database(url: str, wait_seconds: float = WAIT_SECONDS) -> Engine:
    """The engine for a URL. Who finds the ledger locked waits so long. Raises `LedgerUnreachableError`."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise LedgerUnreachableError(f"not a database URL: {_without_password(url)}") from None if "@" in url else error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed, wait_seconds)
    if backend in ("postgresql", "postgres"):
        return _postgresql(parsed, wait_seconds)
    raise LedgerUnreachableError(f"neither sqlite:/// nor postgresql://: {parsed.render_as_string()}")


def _without_password(url: str) -> str:
    """A URL that cannot be understood, with nothing that may be a password: all between its scheme and its last @."""
    before, at, host = url.rpartition("@")
    return f"{before.partition(':')[0]}:***@{host}" if at else url


def _sqlite(url: URL, wait_seconds: float) -> Engine:
    if url.database:
        _make_folder(Path(url.database).parent)
    engine = create_engine(url, connect_args={"timeout": wait_seconds})

    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy says when a transaction begins, not the driver
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    def begins(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")  # a writer waits now, not half-way

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begins)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerUnreachableError(str(error)) from error


def _postgresql(url: URL, wait_seconds: float) -> Engine:
    given = url.query.get("options", "")
    options = f"{given} -c lock_timeout={int(wait_seconds * 1000)}"
    psycopg = url.set(drivername="postgresql+psycopg").update_query_dict({"options": options})
    return create_engine(psycopg, pool_pre_ping=True)


@contextmanager
def read_transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads. Raises `LedgerError`."""
    with _translated(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes, all or nothing. Raises `LedgerError`."""
    with _translated(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def insert_into(connection: Connection, table: Table) -> Any:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`, which each dialect brings itself."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)


@contextmanager
def _translated() -> Iterator[None]:
    """The database's errors that are not ours to prevent, as the ledger's own; all others are defects and pass."""
    try:
        yield
    except DBAPIError as error:
        kind = _kind_of(error.orig)
        if kind is None:
            raise
        raise kind(str(error.orig).strip()) from error


def _kind_of(error: BaseException | None) -> type[LedgerError] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return LedgerFullError if code == SHARED_MEMORY_FULL else SQLITE_ERRORS.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if state is None or state[:2] in ("08", "57", "28", "3D"):  # no connection, shut down, not let in, no database
        return LedgerUnreachableError if type(error).__name__ in ("OperationalError", "AdminShutdown") else None
    return POSTGRESQL_ERRORS.get(state)
