"""All that stands beside the tables of a release: the functions that write it, in the order that they need."""

from collections.abc import Iterable
from functools import partial

from publish.derived.changes import write_changes
from publish.derived.coverage import Outlook, write_coverage
from publish.derived.departments import write_departments
from publish.derived.wide import write_wide_tables
from publish.description.citation import write_citation
from publish.description.dictionary import write_dictionary
from publish.description.figures import write_figures
from publish.store.derivation import DerivedFiles


def beside(outlook: Iterable[Outlook] = ()) -> tuple[DerivedFiles, ...]:
    """What `publish.store.release.publish_release` takes as `derived`; `outlook` is what a crawl knows of gaps."""
    return (
        write_changes,
        write_wide_tables,
        write_departments,
        partial(write_coverage, outlook=tuple(outlook)),
        write_figures,
        write_citation,
        write_dictionary,
    )
