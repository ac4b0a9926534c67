"""Identities → verdicts on amounts: whether what was read adds up, and which amounts are proven by that.

The room never opens a document: anyone can run it on a release alone. `check` takes the amounts of one document and,
where there is one, a second reader; it gives back the amounts with their statuses and every verdict.
"""

from checks.evaluating import evaluated
from checks.records import Alternative, Evaluated, Explanation, Place, Verdict, place_of
from checks.reporting import SummaryAmount, SummaryRow, recorded, summary
from checks.rereading import Reread
from checks.settling import Settled, check, settle

__all__ = [
    "Alternative",
    "Evaluated",
    "Explanation",
    "Place",
    "Reread",
    "Settled",
    "SummaryAmount",
    "SummaryRow",
    "Verdict",
    "check",
    "evaluated",
    "place_of",
    "recorded",
    "settle",
    "summary",
]
