"""A paper in several files, its prose in one and its forms in others: what is checked between them.

Pure functions of what was read from the files, so that anyone can run them on a release alone. What comes of it is
recorded and touches no amount's status.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checks.evaluation.evaluating import evaluated
from checks.records import Evaluated, Place, place_of
from checks.statements.prose import prose_checks
from schemas.records import LineItem, NarrativeFact


class FileSeen(NamedTuple):
    """What checks between files are about: one file's amounts, and the facts of its prose."""

    items: Sequence[LineItem]
    facts: Sequence[NarrativeFact]


@dataclass(frozen=True, slots=True)
class Between:
    """The checks between files, by the file that they are recorded for: that of the prose, or of the first amount."""

    checks: Mapping[str, tuple[Evaluated, ...]]

    @property
    def borne_out(self) -> bool:
        """Whether the files speak of the same figures: more of the checks between them hold than fail."""
        verdicts = [check.verdict for own in self.checks.values() for check in own]
        return verdicts.count("holds") > verdicts.count("fails")


def between_files(files: Mapping[str, FileSeen]) -> Between:
    """Check the prose of each file against the amounts of all, and the forms of different files against one another.

    No form may be in two files: what is printed at one place is printed once.
    """
    every = [item for file in files.values() for item in file.items]
    owner = {place_of(item): name for name, file in files.items() for item in file.items}
    forms = [(_first_file(check, owner), check) for check in evaluated(every) if _spans(check, owner)]
    return Between(
        {
            name: (
                *(check for check in prose_checks(every, file.facts) if _reaches_out(check, name, owner)),
                *(check for first, check in forms if first == name),
            )
            for name, file in files.items()
        }
    )


def within_file(file: FileSeen) -> Iterator[Evaluated]:
    """The same checks of one file alone: most are not applicable."""
    yield from evaluated(file.items)
    yield from prose_checks(file.items, file.facts)


def _files(check: Evaluated, owner: Mapping[Place, str]) -> list[str]:
    return [owner[term.place] for term in check.printed]


def _spans(check: Evaluated, owner: Mapping[Place, str]) -> bool:
    return len(set(_files(check, owner))) > 1


def _first_file(check: Evaluated, owner: Mapping[Place, str]) -> str:
    return _files(check, owner)[0]


def _reaches_out(check: Evaluated, name: str, owner: Mapping[Place, str]) -> bool:
    return any(file != name for file in _files(check, owner))
