"""What each document was read as: the department, kind and year that it is the paper of, and how its amounts stand."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Column, Engine, ForeignKey, Index, Integer, Table, Text, and_, exists, select

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
    Column("paper_id", Text, comment="the first document of a paper in several files"),
)
Index("papers_by_year", papers.c.department, papers.c.kind, papers.c.fiscal_year)


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What a document was read as. `doubtful` amounts are those that a check speaks against.

    `paper_id` is the first document of a paper in several files, None for a document that is one as a whole.
    """

    department: str | None
    kind: Kind | None
    fiscal_year: int | None
    pages: int | None
    forms: int
    amounts: int
    doubtful: int
    paper_id: str | None = None


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


Files = tuple[str, ...]
"""The documents of one paper, ascending."""


def papers_of(engine: Engine, department: str, kind: Kind, years: Iterable[int]) -> dict[int, list[Files]]:
    """The department's papers by fiscal year: the documents of each that nothing supersedes."""
    current = exists().where(captures.c.document_no == papers.c.document_no, captures.c.superseded_by.is_(None))
    asked = (
        select(papers.c.fiscal_year, documents.c.document_id, papers.c.paper_id)
        .join(documents)
        .where(papers.c.department == department, papers.c.kind == kind, papers.c.fiscal_year.in_(list(years)), current)
        .order_by(papers.c.fiscal_year, documents.c.document_id)
    )
    found: dict[int, dict[str, list[str]]] = {}
    with read_transaction(engine) as connection:
        for year, identity, paper_id in connection.execute(asked):
            found.setdefault(year, {}).setdefault(paper_id or identity, []).append(identity)
    return {year: [tuple(files) for files in own.values()] for year, own in found.items()}


def offered_beside(engine: Engine, document_id: str) -> Files:
    """The documents of the same department, kind and year that the same page offers, with this one; none superseded."""
    own, other = captures.alias("own"), captures.alias("other")
    this, that = papers.alias("this"), papers.alias("that")
    same = and_(*(this.c[name] == that.c[name] for name in ("department", "kind", "fiscal_year")))
    page = and_(own.c.portal == other.c.portal, own.c.page_url == other.c.page_url, own.c.page_url != "")
    theirs = documents.alias("theirs")
    asked = (
        select(theirs.c.document_id)
        .distinct()
        .select_from(documents)
        .join(this, this.c.document_no == documents.c.document_no)
        .join(that, same)
        .join(theirs, theirs.c.document_no == that.c.document_no)
        .join(own, own.c.document_no == documents.c.document_no)
        .join(other, and_(other.c.document_no == that.c.document_no, page))
        .where(documents.c.document_id == document_id)
        .where(own.c.superseded_by.is_(None), other.c.superseded_by.is_(None))
        .order_by(theirs.c.document_id)
    )
    with read_transaction(engine) as connection:
        return tuple(connection.scalars(asked))
