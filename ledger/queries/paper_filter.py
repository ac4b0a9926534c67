"""Documents by what their papers are: of which year and kind, and in which nights they were first fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_

from ledger.clock import CHINA
from ledger.papers import papers
from ledger.tables import captures, standings
from schemas.records import Kind


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """What papers are narrowed by; what is empty narrows by nothing. Dates are those of nights, both included."""

    years: Sequence[int] = ()
    kinds: Sequence[Kind] = ()
    since: date | None = None
    until: date | None = None

    def conditions(self) -> list[Any]:
        """For a question about `standings`: the portal or the paper says year and kind, the capture says when."""
        seen = [*self._times(), *self._said(captures)]
        if not seen:
            return []
        captured = exists().where(captures.c.document_no == standings.c.document_no)
        by_portal = captured.where(*seen)
        if not self._said(papers):
            return [by_portal]
        read = exists().where(papers.c.document_no == standings.c.document_no, *self._said(papers))
        return [or_(by_portal, and_(captured.where(*self._times()), read))]

    def _said(self, table: Any) -> list[Any]:
        named = (("fiscal_year", self.years), ("kind", self.kinds))
        return [table.c[name].in_(values) for name, values in named if values]

    def _times(self) -> list[Any]:
        begins = [captures.c.first_seen >= _midnight(self.since)] if self.since else []
        ends = [captures.c.first_seen < _midnight(self.until + timedelta(days=1))] if self.until else []
        return begins + ends


NO_FILTER = PaperFilter()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), CHINA)
