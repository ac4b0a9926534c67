"""A ledger that older code has written is brought up to date in place, and nothing of it is lost."""

from made_events import CODE, PORTAL, capture
from sqlalchemy import inspect, text, update

from ledger import Ledger
from ledger.tables import SCHEMA_VERSION, captures, ledger_info


def test_an_older_ledger_gains_what_it_lacks_and_keeps_what_it_has(ledger_url, clock):
    with Ledger.open(ledger_url, clock) as ledger:
        ledger.record(capture("教育局", clock()), ledger.begin_night(PORTAL, CODE))
        before = list(ledger.current_documents())
        with ledger.engine.begin() as connection:
            for column in ("role", "division"):
                connection.execute(text(f"ALTER TABLE captures DROP COLUMN {column}"))
            connection.execute(update(ledger_info).values(value="1"))
    with Ledger.open(ledger_url, clock) as ledger:
        assert {"role", "division"} <= {column["name"] for column in inspect(ledger.engine).get_columns(captures.name)}
        assert list(ledger.current_documents()) == before
        with ledger.engine.connect() as connection:
            assert connection.scalar(ledger_info.select().with_only_columns(ledger_info.c.value)) == str(SCHEMA_VERSION)
