"""An identity that fails in most papers of one layout accuses none of them, and is reported."""

from dataclasses import replace

from made_items import form
from test_check_accusing import agreeing, printed_wrong

from checks import check, recorded
from checks.layouts import CODE, failing_in_most, verdicts, without_our_faults
from schemas.records import Document, Reading


def reading(number, items):
    """A paper read and checked, its own document."""
    settled = check(items, agreeing)
    document = Document(f"{number:064}", f"{number}.pdf", "ok")
    return Reading(document, line_items=settled.items, checks=recorded(settled.checks))


def told(readings):
    failing = failing_in_most(map(verdicts, readings))
    return [without_our_faults(each, failing) for each in readings]


def accused(readings):
    return sum(item.status == "source_inconsistent" for each in readings for item in each.line_items)


def findings(readings):
    return [finding.detail for each in readings for finding in each.findings if finding.code == CODE]


WRONG = printed_wrong()
RIGHT = printed_wrong("30.00")


def test_what_fails_in_one_paper_of_a_layout_accuses_its_publisher():
    papers = [reading(0, WRONG), *(reading(number, RIGHT) for number in range(1, 6))]
    assert accused(papers) > 0
    assert told(papers) == papers


def test_what_fails_in_most_papers_of_a_layout_accuses_nobody_and_is_reported():
    papers = [*(reading(number, WRONG) for number in range(4)), reading(9, RIGHT)]
    assert accused(papers) >= 4
    after = told(papers)
    assert accused(after) == 0
    assert "expenditure_by_function.parts fails in 4 of 5 papers of this layout" in findings(after)
    taken_back = {item.status_reason for item in after[0].line_items if item.status != "proven"}
    assert "identity_unsettled" in taken_back
    assert not after[4].findings
    assert told(after) == after


def test_papers_of_another_layout_are_not_counted():
    more = form("expenditure_by_function", ("carryover",), (None, "合计", "1.00"))
    other = [*RIGHT, *(replace(each, line=90, table_no=3) for each in more)]
    papers = [*(reading(number, WRONG) for number in range(4)), *(reading(9 + number, other) for number in range(5))]
    assert accused(told(papers)) == 0


def test_few_papers_of_a_layout_show_nothing():
    papers = [reading(number, WRONG) for number in range(3)]
    assert told(papers) == papers
