"""All checks of one paper in one call: statuses of its amounts, every verdict, and what is odd about its codes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from checks.codes import code_findings
from checks.failures.rereading import Reread
from checks.proofs.decimals import decimals_findings
from checks.reporting import recorded
from checks.settling import Settled, check
from checks.statements.declarations import declaration_checks
from checks.statements.prose import prose_checks
from checks.statements.wholeness import wholeness_checks
from schemas.records import Check, Document, Finding, LineItem, NarrativeFact, Table, TextLine


@dataclass(frozen=True, slots=True)
class Checked:
    """A paper's amounts with their statuses, all checks as the dataset records them, and findings on its codes."""

    items: tuple[LineItem, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    settled: Settled


def check_paper(
    document: Document,
    tables: Sequence[Table],
    items: Sequence[LineItem],
    facts: Sequence[NarrativeFact] = (),
    *,
    cover: Iterable[TextLine] = (),
    reread: Reread | None = None,
    findings: Sequence[Finding] = (),
    known: Collection[str] = (),
    doubted: Collection[str] = (),
) -> Checked:
    """Check what was read from one document: the sums of its forms, its units, its prose, and the paper as a whole.

    Only the sums and the units decide on an amount's status. `cover` are the lines of the first pages, `reread` is the
    second reader, None without one. `findings` are what was seen and not understood when the document was read: nobody
    is accused beside it. `known` and `doubted` are ids of identities that the publisher's other papers bear out, or
    that fail in most of them.
    """
    settled = check(items, reread, facts=facts, findings=findings, doubted=doubted, known=known)
    checks = (
        *recorded(settled.checks),
        *recorded(prose_checks(settled.items, facts)),
        *wholeness_checks(document, tables, settled.items),
        *declaration_checks(document, tables, facts, cover),
    )
    findings_seen = (*code_findings(settled.items), *decimals_findings(settled.items))
    return Checked(settled.items, checks, findings_seen, settled)
