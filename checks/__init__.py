"""Identities → verdicts on amounts: whether what was read adds up, and which amounts are proven by that.

The room never opens a document: anyone can run it on a release alone. `check` takes the amounts of one document and,
where there is one, a second reader; it gives back the amounts with their statuses and every verdict. `check_paper`
takes all that was read from a document, and checks its prose, its units, its codes and its set of forms too.
"""

from checks.codes import code_findings
from checks.evaluation.evaluating import evaluated
from checks.failures.rereading import Reread
from checks.publishers import PaperChecks, downgraded, our_faults
from checks.records import Alternative, Evaluated, Explanation, Place, Verdict, place_of
from checks.reporting import SummaryAmount, SummaryRow, recorded, summary
from checks.settling import Beside, Settled, check, settle
from checks.statements.last_year import last_year_checks
from checks.statements.prose import prose_checks
from checks.whole import Checked, check_paper

__all__ = [
    "Alternative",
    "Beside",
    "Checked",
    "Evaluated",
    "Explanation",
    "PaperChecks",
    "Place",
    "Reread",
    "Settled",
    "SummaryAmount",
    "SummaryRow",
    "Verdict",
    "check",
    "check_paper",
    "code_findings",
    "downgraded",
    "evaluated",
    "last_year_checks",
    "our_faults",
    "place_of",
    "prose_checks",
    "recorded",
    "settle",
    "summary",
]
