"""All that stands beside the tables of a release: the functions that write it, in the order that they need."""

from collections.abc import Iterable
from functools import partial

from publish.derived.changes import write_changes
from publish.derived.coverage import CrawlCoverage, write_coverage
from publish.derived.departments import write_departments
from publish.derived.wide import write_wide_tables
from publish.description.citation import write_citation
from publish.description.dictionary import write_dictionary
from publish.description.figures import write_figures
from publish.opening.database import write_database
from publish.opening.lookups import write_lookups
from publish.opening.readme import write_readme
from publish.opening.workbook import write_workbook
from publish.store.derivation import DerivedFiles


def derived_files(crawl_coverage: Iterable[CrawlCoverage] = ()) -> tuple[DerivedFiles, ...]:
    """What `publish.store.release.publish_release` takes as `derived`; `crawl_coverage` is what a crawl knows."""
    return (
        write_changes,
        write_wide_tables,
        write_departments,
        partial(write_coverage, crawl_coverage=tuple(crawl_coverage)),
        write_figures,
        write_citation,
        write_dictionary,
        write_lookups,
        write_database,
        write_workbook,
        write_readme,
    )
