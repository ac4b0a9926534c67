"""The changes of amounts: of a paper that both releases have, of papers that came or went, of one for another."""

from publish.tables.querying import Connection
from schemas.dataset import dataset

KEY = dataset().tables["line_items"].key
COMPARED = tuple(name for name in dataset().tables["line_items"].column_names if name not in KEY)
"""What a line item says: every column but its key."""

OF_THE_PRINT = ("amount", "printed", "unit", "status")
"""What is compared between two papers, whose lines, pages and boxes are their own."""

FINGERPRINTS = """
CREATE OR REPLACE TEMP TABLE {release}_fingerprints AS
SELECT document_id, count(*) AS items, bit_xor(hash({columns})) AS fingerprint
FROM {release}_items GROUP BY document_id
"""

TOUCHED = """
CREATE OR REPLACE TEMP TABLE touched AS
SELECT document_id
FROM old_fingerprints AS old FULL JOIN new_fingerprints AS new USING (document_id)
WHERE (old.items, old.fingerprint) IS DISTINCT FROM (new.items, new.fingerprint)
  AND document_id IN (FROM old_papers SELECT document_id) AND document_id IN (FROM new_papers SELECT document_id)
"""

NUMBERED = """
CREATE OR REPLACE TEMP TABLE {release}_rows AS
SELECT *, row_number() OVER (
    PARTITION BY document_id, department, form, side, organisation, measure, fund, code, name ORDER BY line
) AS nth
FROM {items} WHERE document_id IN ({papers})
"""
"""Rows that say the same twice (一般公共预算 of the year, and carried over) are told apart by their order."""

CAME = "SELECT document_id FROM came"
SUCCESSORS = "SELECT document_id FROM came WHERE counterpart_id IS NOT NULL"
FOLLOWED = "SELECT counterpart_id FROM came WHERE counterpart_id IS NOT NULL"
NEW_PAPERS = "SELECT document_id FROM came WHERE counterpart_id IS NULL"
GONE = f"SELECT document_id FROM went WHERE document_id NOT IN ({FOLLOWED})"


def compare_amounts(connection: Connection) -> None:
    """Make the tables that `amount_changes` asks: papers with other line items, rows of papers and their successors."""
    columns = ", ".join(f'"{name}"' for name in (*KEY, *COMPARED))
    for release in ("old", "new"):
        connection.execute(FINGERPRINTS.format(release=release, columns=columns))
    connection.execute(TOUCHED)
    before = f"(FROM old_all_items UNION ALL SELECT * FROM new_items WHERE document_id IN ({CAME}))"
    connection.execute(NUMBERED.format(release="followed", items=before, papers=FOLLOWED))
    connection.execute(NUMBERED.format(release="successor", items="new_items", papers=SUCCESSORS))


def amount_changes() -> str:
    """The query of all changes of amounts."""
    return " UNION ALL BY NAME ".join(
        [_same_paper(), _one_for_another(), _whole("new", NEW_PAPERS), _whole("old", GONE)]
    )


def _same_paper() -> str:
    """By the key; a reading that is the same but for its status was only judged anew."""
    on = " AND ".join(f'old."{name}" IS NOT DISTINCT FROM new."{name}"' for name in KEY)
    touched = "document_id IN (FROM touched)"
    return f"""
        SELECT 'amount' AS subject, *,
               CASE WHEN columns = 'status' THEN 'rejudged'
                    WHEN by_hand AND ("change" <> 'changed' OR said_otherwise) THEN 'corrected'
                    ELSE 'reread' END AS reason
        FROM (
            SELECT {_both(KEY)}, {_sides()}, {_differing(COMPARED)} AS columns,
                   coalesce(new.reader, '') = 'correction' OR coalesce(old.reader, '') = 'correction' AS by_hand,
                   (old.amount, old.printed, old.reader) IS DISTINCT FROM (new.amount, new.printed, new.reader)
                       AS said_otherwise
            FROM (FROM old_items WHERE {touched}) AS old FULL JOIN (FROM new_items WHERE {touched}) AS new ON {on}
        )
        WHERE "change" <> 'changed' OR columns IS NOT NULL
    """


def _one_for_another() -> str:
    """A paper's rows against those of the paper whose place it took; of a row that is gone, the old paper is named."""
    label = ("department", "form", "side", "organisation", "measure", "fund", "code", "name", "nth")
    on = " AND ".join(f'old."{name}" IS NOT DISTINCT FROM new."{name}"' for name in label)
    return f"""
        SELECT 'amount' AS subject, * FROM (
            SELECT {_both(KEY)}, {_sides()}, {_differing(OF_THE_PRINT)} AS columns, 'replaced' AS reason,
                   CASE WHEN new.document_id IS NULL THEN old.successor ELSE new.counterpart_id END AS counterpart_id
            FROM (
                SELECT followed_rows.*, came.document_id AS successor
                FROM followed_rows JOIN came ON came.counterpart_id = followed_rows.document_id
            ) AS old
            FULL JOIN (SELECT * FROM successor_rows JOIN came USING (document_id)) AS new
                   ON old.successor = new.document_id AND {on}
        )
        WHERE "change" <> 'changed' OR columns IS NOT NULL
    """


def _whole(release: str, papers: str) -> str:
    """Every amount of papers that came or went without another in their place; their files differ."""
    change, alone, other = ("added", "new_paper", "came") if release == "new" else ("removed", "withdrawn", "went")
    missing = "old" if release == "new" else "new"
    return f"""
        SELECT 'amount' AS subject, '{change}' AS "change",
               CASE WHEN counterpart_id IS NULL THEN '{alone}' ELSE 'replaced' END AS reason,
               document_id, counterpart_id, kind, fiscal_year, department, form, side, organisation, line, measure,
               fund, code, name, amount AS {release}_amount, printed AS {release}_printed, status AS {release}_status,
               {_label("items")} AS {release}_text, NULL AS {missing}_text
        FROM {release}_items AS items JOIN {other} USING (document_id) WHERE document_id IN ({papers})
    """


def _both(names: tuple[str, ...]) -> str:
    """Columns of the new row, or of the old one where there is no new one."""
    return ", ".join(f'CASE WHEN new.document_id IS NULL THEN old."{n}" ELSE new."{n}" END AS "{n}"' for n in names)


def _sides() -> str:
    """What became of a row, its label, and its amounts before and now."""
    pairs = ", ".join(f"old.{name} AS old_{name}, new.{name} AS new_{name}" for name in ("amount", "printed", "status"))
    return f"""
        CASE WHEN old.document_id IS NULL THEN 'added' WHEN new.document_id IS NULL THEN 'removed' ELSE 'changed' END
            AS "change",
        {_both(("kind", "fiscal_year", "code", "name"))}, {pairs},
        CASE WHEN old.document_id IS NOT NULL THEN {_label("old")} END AS old_text,
        CASE WHEN new.document_id IS NOT NULL THEN {_label("new")} END AS new_text
    """


def _differing(names: tuple[str, ...]) -> str:
    """The names of the columns that say something else, separated by spaces; null where a row stands alone."""
    each = ", ".join(f"""CASE WHEN old."{n}" IS DISTINCT FROM new."{n}" THEN '{n}' END""" for n in names)
    return f"""CASE WHEN old.document_id IS NOT NULL AND new.document_id IS NOT NULL
                    THEN nullif(concat_ws(' ', {each}), '') END"""


def _label(row: str) -> str:
    return f"concat_ws(' ', {row}.code, {row}.name)"
