"""What the reading of one document may take, and how many are read at a time."""

import os
from dataclasses import dataclass

MIB = 2**20
CORES = len(os.sched_getaffinity(0))
"""So many processes are worth having, unless more or fewer are asked for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take: wall-clock seconds and bytes of resident memory.

    A page of text takes 0.05 s, a scanned one 1.5 to 3 s on an idle core and its amounts' second reading some more: the
    time is that of a scan of 300 pages, or of 100 on a busy machine. Memory was seen to peak at 0.2 GiB with text and
    at 0.75 GiB with scans; the largest picture that is read (`extractors.pages.picture.limits`) takes no more.
    """

    seconds: float = 900.0
    memory_bytes: int = 2048 * MIB
