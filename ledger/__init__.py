"""The ledger: what was fetched, and how far each document came, by which code, with which reason."""

from ledger.errors import LedgerError
from ledger.ledger import Ledger
from ledger.papers import PaperRecord
from ledger.records import STAGES, CurrentDocument, Due, History, Night, Stage, Standing

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
