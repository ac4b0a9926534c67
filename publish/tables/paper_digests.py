"""`papers.parquet`: for each paper the digest of its rows in each table, which tells two releases apart paper by paper.

A paper whose digest in a table is the same in two releases has the same rows there. The next publish and a comparison
of releases need not look at them.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from publish.tables.papers import DIGEST_BYTES, Paper
from publish.tables.paths import YEAR
from schemas.dataset import dataset

PAPERS = "papers.parquet"
ZH = (
    "每份文件在各表中内容的摘要（SHA-256 的前 16 字节）：两个版本中摘要相同，则该文件在该表中的各行相同；"
    "quarantined 为暂不发布的原因"
)
EN = (
    "the digest of each paper's rows in each table (the first 16 bytes of a SHA-256): where it is the same in two "
    "releases, so are the rows; quarantined is the reason why a paper's rows are held back"
)


def write_digests(papers: Iterable[Paper], folder: Path) -> None:
    """Write the file for the documents among the papers, by ascending id."""
    documents = sorted((paper for paper in papers if paper.document_id), key=lambda paper: paper.document_id)
    columns: dict[str, pa.Array] = {
        "document_id": pa.array([paper.document_id for paper in documents], pa.string()),
        YEAR: pa.array([paper.fiscal_year for paper in documents], pa.int16()),
        "quarantined": pa.array([paper.quarantined for paper in documents], pa.string()),
    }
    for table in _document_tables():
        digests = [bytes.fromhex(paper.tables[table].digest) if table in paper.tables else None for paper in documents]
        columns[table] = pa.array(digests, pa.binary(DIGEST_BYTES))
    rows = pa.table(columns).replace_schema_metadata({"description": EN, "description_zh": ZH})
    pq.write_table(rows, folder / PAPERS, compression="zstd", use_dictionary=["quarantined"])


def read_digests(folder: Path, table: str) -> Mapping[str, str]:
    """The digest of each paper's rows in a table, by document id; {} where the release does not tell."""
    if not (folder / PAPERS).is_file():
        return {}
    with pq.ParquetFile(folder / PAPERS) as papers:
        if table not in papers.schema_arrow.names:
            return {}
        rows = papers.read(columns=["document_id", table])
    digests = zip(rows["document_id"].to_pylist(), rows[table].to_pylist(), strict=True)
    return {document: digest.hex() for document, digest in digests if digest is not None}


def _document_tables() -> list[str]:
    return [table.name for table in dataset().tables.values() if "document_id" in table.column_names]
