"""The ledger: what was fetched, and how far each document came, by which code, with which reason."""

from flows.ledger.errors import LedgerError
from flows.ledger.ledger import Ledger
from flows.ledger.papers import PaperRecord
from flows.ledger.records import STAGES, CurrentDocument, Due, History, Night, Stage, Standing

__all__ = [
    "STAGES",
    "CurrentDocument",
    "Due",
    "History",
    "Ledger",
    "LedgerError",
    "Night",
    "PaperRecord",
    "Stage",
    "Standing",
]
