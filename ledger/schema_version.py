"""Making an empty ledger, bringing an older one up to date, and refusing one that newer code has written."""

from sqlalchemy import Connection, Engine, Table, insert, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from ledger.claiming import claims
from ledger.database import write_transaction
from ledger.errors import LedgerDamagedError, LedgerTooNewError
from ledger.notices import notices
from ledger.papers import papers
from ledger.reading_figures import reading_figures
from ledger.tables import SCHEMA_VERSION, ledger_info, metadata

OF_THEIR_OWN_MODULES = (claims, papers, notices, reading_figures)
"""Tables that stand beside their questions: `metadata` has them once these modules are loaded."""
NAME = "schema_version"
LOCK = 0x676F6E67
"""PostgreSQL's advisory lock while the tables are made: two commands may meet at an empty database."""


def ensure_schema(engine: Engine) -> None:
    """Make the tables where there are none. Raises `LedgerTooNewError`, `LedgerDamagedError`."""
    with write_transaction(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if ledger_info.name in inspect(connection).get_table_names():
            _check(connection)
        else:
            metadata.create_all(connection)
            connection.execute(insert(ledger_info), {"name": NAME, "value": str(SCHEMA_VERSION)})


def _check(connection: Connection) -> None:
    found = connection.execute(select(ledger_info.c.value).where(ledger_info.c.name == NAME)).scalar_one_or_none()
    if found is None or not found.isdecimal():
        raise LedgerDamagedError(f"no schema version, but {found!r}")
    if int(found) > SCHEMA_VERSION:
        raise LedgerTooNewError(f"schema version {found}; this code knows {SCHEMA_VERSION}")
    if int(found) < SCHEMA_VERSION:
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    """Add the tables and columns that an older ledger lacks; what it holds stays."""
    known = {name: {column["name"] for column in inspect(connection).get_columns(name)} for name in _named(connection)}
    metadata.create_all(connection)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if table.name in known and column.name not in known[table.name]:
                _add(connection, table, column.name)
    connection.execute(update(ledger_info).where(ledger_info.c.name == NAME).values(value=str(SCHEMA_VERSION)))


def _named(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


def _add(connection: Connection, table: Table, column: str) -> None:
    described = CreateColumn(table.columns[column]).compile(dialect=connection.dialect)
    connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {described}"))
