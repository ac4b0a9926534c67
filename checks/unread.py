"""What was seen beside an amount and not understood, for which nobody may be accused of what does not add up."""

import re
from collections.abc import Collection, Iterable, Mapping

from schemas.records import Finding, LineItem

UNDERSTOOD = frozenset(
    {
        "label_matched",
        "department_matched",
        "code_matched",
        "corrected",
        "unit_from_sibling",
        "unknown_code",
        "name_disagrees_with_code",
        "code_without_parent",
        "page_read_from_picture",
        "fewer_decimals",
    }
)
"""Findings that leave nothing of their table unread; any other casts doubt on all of it."""
OF_UNSAID_SET = "set_without_cover"
"""The finding of a form whose set does not say its own year and kind, in a file that holds several sets."""
WITHOUT_COLUMNS = "title_without_its_columns"
"""The finding of a table with a form's title over columns that are not the form's; its detail names the forms."""
OF_HEADINGS = frozenset({"unknown_heading", "heading_twice", WITHOUT_COLUMNS})
UNIT_UNSAID = "unit_from_other_forms"
"""The finding of a form whose unit is only that of the forms beside it."""
OF_COLUMNS = frozenset({"lone_total_column", "amount_in_label", "heading_twice"})
"""The findings of a table that may be the left part of a wider one, or whose columns were cut or headed wrong."""
TITLE_NOT_WHOLE = "title_not_whole"
"""The finding of a form whose title may be the last line of another one's."""

_NAMED = re.compile(r"\(([a-z_, ]+)\)$")


def doubtful_tables(findings: Collection[Finding], items: Iterable[LineItem]) -> Mapping[int, str]:
    """Number the tables in which something was not understood, each with the dataset's reason.

    Tables of a form of which another table was not understood are among them: `items` tell which print it.
    """
    found: dict[int, str] = {}
    for finding in findings:
        if finding.table_no is None or finding.code in UNDERSTOOD:
            continue
        if finding.code in OF_HEADINGS:
            found[finding.table_no] = "heading_unread_beside"
        else:
            found.setdefault(finding.table_no, "label_unread_beside")
    half_read = _half_read_forms(findings)
    for table_no in {item.table_no for item in items if item.form in half_read and item.table_no is not None}:
        found.setdefault(table_no, "heading_unread_beside")
    return found


def _half_read_forms(findings: Iterable[Finding]) -> frozenset[str]:
    """Name the forms whose title stands over a table that was not understood: what was read of them may be a part."""
    details = (finding.detail for finding in findings if finding.code == WITHOUT_COLUMNS)
    return frozenset(name for detail in details if (named := _NAMED.search(detail)) for name in named[1].split(", "))


def tables_of_unsaid_unit(findings: Iterable[Finding]) -> frozenset[int]:
    """Number the tables that declare no unit and have that of the other forms."""
    return frozenset(each.table_no for each in findings if each.table_no is not None and each.code == UNIT_UNSAID)


def tables_of_unsaid_sets(findings: Iterable[Finding]) -> frozenset[int]:
    """Number the tables whose year and kind are only those of another set of forms in the file."""
    return frozenset(each.table_no for each in findings if each.table_no is not None and each.code == OF_UNSAID_SET)


def cut_tables(findings: Iterable[Finding]) -> frozenset[int]:
    """Number the tables whose columns are not settled: some may lack on their right, or stand in another's place."""
    return frozenset(each.table_no for each in findings if each.table_no is not None and each.code in OF_COLUMNS)


def half_titled_tables(findings: Iterable[Finding]) -> frozenset[int]:
    """Number the tables whose title was perhaps not read whole."""
    return frozenset(
        finding.table_no for finding in findings if finding.table_no is not None and finding.code == TITLE_NOT_WHOLE
    )
