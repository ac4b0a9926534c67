"""A site from a release: paper by paper, only what changed; then the pages about many papers."""

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from publish.store.catalogue import release_at
from publish.store.versions import RELEASES
from publish.tables.querying import Connection, querying
from reading.code_version import code_version
from reading.running.processes import DocumentProcesses
from reading.running.progress import Progress, unwatched
from schemas.errors import WrongUseError
from website import kept
from website.addresses import department_name, paper_name
from website.making import PAPERS, make_paper, remove_pages
from website.overview.all_pages import TABLES, write_assets, write_overview
from website.release.drawing import draw_missing
from website.release.last_year import amounts_of_last_year, papers_of_last_year
from website.release.originals import Originals
from website.release.pictures import kept_pictures
from website.release.rows import OF_PAPERS, open_tables, paper_digests, papers_of
from website.rendering import HERE

SITE = "site"
"""The folder of a root's site."""
MADE_HERE = ".gongkai-site"
"""A folder that bears it was made here, and may be written into."""
WITH_PAGE = """
SELECT document_id, division_code, department FROM documents
WHERE department IS NOT NULL AND EXISTS (
    SELECT 1 FROM departments
    WHERE departments.division_code IS NOT DISTINCT FROM documents.division_code
      AND departments.department = documents.department
)
"""
"""The papers whose department has a page."""


@dataclass(slots=True)
class Built:
    """What building a site did: papers in all, those made anew, those that are gone, and why some were not drawn."""

    site: Path
    papers: int = 0
    made: int = 0
    removed: int = 0
    undrawn: dict[str, str] = field(default_factory=dict)

    @property
    def index(self) -> Path:
        """The page to open first."""
        return self.site / "index.html"


def build_site(
    path: Path,
    to: Path | None,
    originals: Originals,
    processes: DocumentProcesses,
    progress: Progress = unwatched,
) -> Built:
    """Make the site of a release, or of a root's newest, in `to` (the root's `site` where None).

    What it has of the same rows by the same code stays as it is. Raises `WrongUseError` where there is no release, or
    `to` holds something else.
    """
    release = release_at(path)
    site = _taken(to or _site_of(path, release))
    digests = paper_digests(release)
    built = Built(site, papers=len(digests))
    with querying(site) as connection:
        open_tables(connection, release, tuple(dict.fromkeys((*OF_PAPERS, *TABLES))))
        built.undrawn.update(draw_missing(connection, site / PAPERS, originals, processes, progress))
        _make_papers(connection, digests, built, progress)
        _remove_gone(digests, built)
        write_overview(connection, release, site, list(_doubts(digests, site)))
    write_assets(site)
    return built


def _site_of(path: Path, release: Path) -> Path:
    """Where the site of a root is: beside its releases."""
    return (release.parent.parent if release.parent.name == RELEASES else path) / SITE


def _taken(site: Path) -> Path:
    """The folder, made where it is not there. Raises `WrongUseError` where something else lies in it."""
    try:
        if site.exists() and any(site.iterdir()) and not (site / MADE_HERE).exists():
            raise WrongUseError(f"这个文件夹里有别的东西，请另选 / this folder holds something else: {site}")
        site.mkdir(parents=True, exist_ok=True)
        (site / MADE_HERE).touch()
    except OSError as error:
        raise WrongUseError(f"不能写入这个文件夹 / this folder cannot be written: {site}: {error.strerror}") from error
    return site


def _make_papers(connection: Connection, digests: Mapping[str, str], built: Built, progress: Progress) -> None:
    """Write the pages of the papers whose rows, pictures or pages' making have changed."""
    site = built.site
    department_pages = {
        identity: department_name(code, name) for identity, code, name in connection.execute(WITH_PAGE).fetchall()
    }
    before_it = papers_of_last_year(connection)
    keys = {}
    for identity, digest in digests.items():
        others = [digests.get(other, "") for other in before_it.get(identity, ())]
        keys[identity] = _key(identity, [digest, *others], site, department_pages.get(identity))
    due = [identity for identity, key in keys.items() if not _is_made(site, identity, key)]
    for paper in progress(papers_of(connection, due), len(due), "写页 papers"):
        identity = paper.document.document_id
        before = kept.kept(site, paper_name(identity))
        earlier = amounts_of_last_year(connection, identity, before_it.get(identity, ()))
        pages, doubts = make_paper(paper, site, department_pages.get(identity), earlier)
        kept.keep(site, paper_name(identity), kept.Made(keys[identity], digests[identity], pages, doubts))
        remove_pages(site, sorted(set(before.pages if before else ()) - set(pages)))
        built.made += 1


def _is_made(site: Path, identity: str, key: str) -> bool:
    before = kept.kept(site, paper_name(identity))
    return before is not None and before.key == key


def _key(identity: str, digests: Sequence[str], site: Path, department_page: str | None) -> str:
    """What a paper's pages are made from: its rows and last year's, its pictures, its department's page, the code."""
    pictures = sorted(kept_pictures(site / PAPERS / paper_name(identity)).items())
    return hashlib.sha256(repr((_ways(), digests, pictures, department_page)).encode()).hexdigest()


@cache
def _ways() -> str:
    """A hash of all that decides how a paper's pages come out: the code that checks, and this room's own files."""
    digest = hashlib.sha256(code_version().encode())
    for file in sorted(HERE.rglob("*")):
        if file.suffix in {".py", ".j2"} and "overview" not in file.parts:
            digest.update(file.relative_to(HERE).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def _remove_gone(identities: Collection[str], built: Built) -> None:
    """Forget the papers that the release has no more."""
    there = set(map(paper_name, identities))
    for name in [name for name in kept.names(built.site) if name not in there]:
        gone = kept.kept(built.site, name)
        remove_pages(built.site, gone.pages if gone else ())
        shutil.rmtree(built.site / PAPERS / name, ignore_errors=True)
        kept.forget(built.site, name)
        built.removed += 1


def _doubts(identities: Collection[str], site: Path) -> Iterator[dict[str, object]]:
    """The doubts of all papers, as they were kept."""
    every = (kept.kept(site, paper_name(identity)) for identity in identities)
    return (doubt for made in every if made for doubt in made.doubts)
