"""An empty ledger on each database, with a clock that the test sets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import postgres_server
import pytest
from sqlalchemy import create_engine, text

from ledger import Ledger


@dataclass
class SetClock:
    """A clock that stands until it is moved on."""

    moment: datetime = datetime(2026, 9, 20, 18, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server's database."""
    with postgres_server.server() as url:
        yield url


def empty(url: str) -> None:
    """Drop all that a test has left in the server's database; another database for each test would take long."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is no ledger yet: a SQLite file, then a database of a real PostgreSQL server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/ledger.sqlite"
    url: str = request.getfixturevalue("postgresql")
    empty(url)
    return url


@pytest.fixture
def clock() -> SetClock:
    """Two in the morning of 21 September 2026 in Shanghai."""
    return SetClock()


@pytest.fixture
def ledger(ledger_url: str, clock: SetClock) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(ledger_url, clock) as opened:
        yield opened
