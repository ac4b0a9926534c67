"""Two processes never get one paper, and what a process that is gone had comes back."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from made_events import CODE, PORTAL, capture, identity

from ledger import Ledger
from ledger.claiming import LEASE, Claimer, claim, let_go, renew

NAMES = [f"局{number:03}" for number in range(60)]


@pytest.fixture
def filled(ledger, clock):
    ledger.record_all([capture(name, clock()) for name in NAMES], ledger.begin_night(PORTAL, CODE))
    return ledger


def test_a_claim_is_of_one_until_it_is_let_go(filled, clock):
    one, other = Claimer("one:/root"), Claimer("other:/root")
    first = claim(filled.engine, "read", one, 40, clock())
    second = claim(filled.engine, "read", other, 40, clock())
    assert (len(first), len(second), set(first) & set(second)) == (40, 20, set())
    assert claim(filled.engine, "read", one, 40, clock()) == []
    let_go(filled.engine, one)
    assert sorted(claim(filled.engine, "read", other, 60, clock())) == sorted(first)


def test_a_lease_ends_unless_it_is_renewed(filled, clock):
    one, other = Claimer("one:/root"), Claimer("other:/root")
    assert len(claim(filled.engine, "read", one, 60, clock())) == 60
    clock.forward(seconds=(LEASE - timedelta(minutes=1)).total_seconds())
    renew(filled.engine, one, clock())
    clock.forward(minutes=5)
    assert claim(filled.engine, "read", other, 60, clock()) == []
    clock.forward(seconds=LEASE.total_seconds())
    assert len(claim(filled.engine, "read", other, 60, clock())) == 60


def test_who_follows_on_a_root_takes_over_at_once_what_was_running_first(filled, clock):
    killed, next_one = Claimer.of_root(Path("/somewhere")), Claimer.of_root(Path("/somewhere"))
    claim(filled.engine, "read", killed, 60, clock())
    filled.stage_begun(identity(NAMES[50]), "read", CODE)
    again = claim(filled.engine, "read", next_one, 60, clock())
    assert again[0] == identity(NAMES[50])
    assert len(again) == 60


def test_many_at_once_read_each_paper_once(filled, ledger_url, clock):
    def worker(number: int) -> list[str]:
        mine: list[str] = []
        with Ledger.open(ledger_url, clock) as own:
            claimer = Claimer(f"machine{number}:/root")
            while batch := claim(own.engine, "read", claimer, 3, clock()):
                for document_id in batch:
                    own.stage_done(own.stage_begun(document_id, "read", CODE))
                mine += batch
        return mine

    with ThreadPoolExecutor(4) as threads:
        done = [document_id for mine in threads.map(worker, range(4)) for document_id in mine]
    assert Counter(done) == Counter(map(identity, NAMES))
