"""What each document was read as: the department, kind and year that it is the paper of, and how its amounts stand."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Column, Engine, ForeignKey, Index, Integer, Table, Text, exists, select

from ledger.database import insert_into, read_transaction, write_transaction
from ledger.tables import Number, captures, documents, metadata
from schemas.records import Kind

papers = Table(
    "papers",
    metadata,
    Column("document_no", Number, ForeignKey("documents.document_no"), primary_key=True),
    Column("department", Text, comment="by its short name"),
    Column("kind", Text),
    Column("fiscal_year", Integer),
    Column("pages", Integer),
    Column("forms", Integer, nullable=False),
    Column("amounts", Integer, nullable=False),
    Column("doubtful", Integer, nullable=False),
)
Index("papers_by_year", papers.c.department, papers.c.kind, papers.c.fiscal_year)


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What a document was read as. `doubtful` amounts are those that a check speaks against."""

    department: str | None
    kind: Kind | None
    fiscal_year: int | None
    pages: int | None
    forms: int
    amounts: int
    doubtful: int


def keep_paper(engine: Engine, document_id: str, paper: PaperRecord) -> None:
    """Take down what a document was read as, in place of what was there."""
    with write_transaction(engine) as connection:
        number = connection.scalar(select(documents.c.document_no).where(documents.c.document_id == document_id))
        values = asdict(paper)
        statement = insert_into(connection, papers).values(document_no=number, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["document_no"], set_=values))


def paper_of(engine: Engine, document_id: str) -> PaperRecord | None:
    """What a document was read as; None where it was not read."""
    columns = [column for column in papers.c if column.name != "document_no"]
    asked = select(*columns).join(documents).where(documents.c.document_id == document_id)
    with read_transaction(engine) as connection:
        row = connection.execute(asked).one_or_none()
    return PaperRecord(*row) if row else None


def papers_of(engine: Engine, department: str, kind: Kind, years: Iterable[int]) -> list[tuple[int, str]]:
    """The fiscal year and id of each document that is this department's paper of a year and that nothing supersedes."""
    current = exists().where(captures.c.document_no == papers.c.document_no, captures.c.superseded_by.is_(None))
    asked = (
        select(papers.c.fiscal_year, documents.c.document_id)
        .join(documents)
        .where(papers.c.department == department, papers.c.kind == kind, papers.c.fiscal_year.in_(list(years)), current)
        .order_by(papers.c.fiscal_year, documents.c.document_id)
    )
    with read_transaction(engine) as connection:
        return [(year, identity) for year, identity in connection.execute(asked)]
