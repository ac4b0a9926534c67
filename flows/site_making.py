"""The site of a root, made after a publish: whatever goes wrong with a page costs no night its release."""

import logging
from collections.abc import Sequence
from pathlib import Path

from publish.store.roots import Root, is_remote
from reading.running.limits import Limits
from reading.running.processes import DocumentProcesses
from reading.running.progress import Progress, unwatched
from website.building import Built, build_site
from website.release.originals import Originals

LOG = logging.getLogger(__name__)


def make_site(
    root: Root,
    jobs: int,
    limits: Limits,
    *,
    archive: str | None = None,
    papers: Sequence[Path] = (),
    progress: Progress = unwatched,
) -> Built | None:
    """Make `root`/site anew where something changed; None where the releases lie in a store, or it could not be made.

    `archive` and `papers` are where the files are whose pages it shows.
    """
    if is_remote(root):
        return None
    try:
        with DocumentProcesses(jobs, limits) as processes:
            return build_site(Path(root), None, Originals(archive, papers), processes, progress)
    except Exception:
        LOG.exception("网站没有做成，版本不受影响 / the site was not made; the release stands")
        return None
