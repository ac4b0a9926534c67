"""Papers that were read in one run, held against one another: parts of one paper, last year's, those of one layout."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reading.last_year import compare_with_last_year
from reading.our_faults import take_back_our_faults
from reading.parts import join_parts
from reading.running.outcomes import Outcome
from reading.sources import Source


def held_together(outcomes: Iterable[Outcome], sources: Sequence[Source], folder: Path) -> Mapping[str, Outcome]:
    """Hold the readings of the work folder against one another; each document's outcome after that, by document.

    Files of one paper are first joined: last year's paper is then looked for as a whole.
    """
    of = joined(outcomes, sources, folder)
    compare_with_last_year(of.values(), folder)
    return {**of, **take_back_our_faults(of.values(), folder)}


def joined(outcomes: Iterable[Outcome], sources: Sequence[Source], folder: Path) -> dict[str, Outcome]:
    """Join the files of one paper that lie in one folder, or in archives there; each document's outcome after that."""
    of = {outcome.document_id: outcome for outcome in outcomes}
    return {**of, **join_parts(of.values(), {source.document_id: str(source.folder) for source in sources}, folder)}
