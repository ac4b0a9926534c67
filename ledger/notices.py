"""What people were told of which night: a message that was sent is not sent again."""

from datetime import date

from sqlalchemy import Column, Date, Engine, PrimaryKeyConstraint, Table, Text, select

from ledger.database import insert_into, read_transaction, write_transaction
from ledger.tables import metadata

notices = Table(
    "notices",
    metadata,
    Column("night_date", Date, nullable=False),
    Column("digest", Text, nullable=False),
    PrimaryKeyConstraint("night_date", "digest"),
    sqlite_with_rowid=False,
)


def was_told(engine: Engine, night: date, digest: str) -> bool:
    """Whether this message of this night was sent."""
    asked = select(notices.c.digest).where(notices.c.night_date == night, notices.c.digest == digest)
    with read_transaction(engine) as connection:
        return connection.execute(asked).first() is not None


def keep_told(engine: Engine, night: date, digest: str) -> None:
    """Take down that it was."""
    with write_transaction(engine) as connection:
        row = {"night_date": night, "digest": digest}
        connection.execute(insert_into(connection, notices).values(row).on_conflict_do_nothing())
