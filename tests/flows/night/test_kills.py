"""A night that is killed at any moment goes on when the same command is given again; 50 times in `benchmarks`."""

from pathlib import Path

import pytest

from benchmarks.kills import Night, disturbed, fingerprint, published, sites, write_portals
from samples.portal import PortalServer
from tests.kinds import thorough

PAPERS = 6


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("kills")
    with PortalServer(sites(PAPERS)) as server:
        write_portals(server, folder / "portals")
        night = Night(folder / "quiet", folder / "portals")
        seconds = night.whole()
        yield night, seconds


@pytest.mark.parametrize("share", [0.35, *(pytest.param(share, marks=thorough) for share in (0.7, 0.9))])
def test_a_killed_night_ends_as_one_that_nobody_disturbed(quiet, share: float, tmp_path: Path) -> None:
    undisturbed, seconds = quiet
    release = undisturbed.release()
    assert sum(published(release).values()) == PAPERS
    night = Night(tmp_path / "cut", undisturbed.portals)
    assert disturbed(night, share * seconds, fingerprint(release)) in ("cut", "too late")
