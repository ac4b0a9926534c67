"""Making an empty ledger, and refusing one that newer code has written."""

from sqlalchemy import Connection, Engine, insert, inspect, select, text

from ledger.database import write_transaction
from ledger.errors import LedgerDamagedError, LedgerTooNewError
from ledger.tables import SCHEMA_VERSION, ledger_info, metadata

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
