"""All that stands beside the tables of a release: the functions that write it, in the order that they need."""

from collections.abc import Iterable
from functools import partial

from publish.changes import write_changes
from publish.citation import write_citation
from publish.coverage import Outlook, write_coverage
from publish.departments import write_departments
from publish.derived import DerivedFiles
from publish.dictionary import write_dictionary
from publish.index_figures import write_figures
from publish.wide import write_wide_tables


def beside(outlook: Iterable[Outlook] = ()) -> tuple[DerivedFiles, ...]:
    """What `publish.release.publish_release` takes as `derived`; `outlook` is what a crawl knows of gaps."""
    return (
        write_changes,
        write_wide_tables,
        write_departments,
        partial(write_coverage, outlook=tuple(outlook)),
        write_figures,
        write_citation,
        write_dictionary,
    )
