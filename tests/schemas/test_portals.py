from collections import Counter
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.classifications.divisions import division
from schemas.portals import PortalError, Window, load_portal, load_portals, portals

MADE = """
id: made
name: 某市
division_code: '430211'
family: trs
entries:
  - address: https://www.example.gov.cn/bmjs/index.html
"""


def write(folder: Path, text: str, name: str = "made.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_family_has_at_least_five_portals() -> None:
    families = Counter(portal.family for portal in portals().values())
    assert set(families) == {"trs", "vsb", "jcms", "ucap", "generic"}
    assert min(families.values()) >= 5


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("湖南省株洲市天元区", "430211"),
        ("上海市普陀区", "310107"),
        ("江苏省", "320000"),
        ("广东省", "440000"),
        ("西南大学", "500109"),
    ],
)
def test_the_portals_that_the_documents_are_from_are_there(name: str, code: str) -> None:
    assert {portal.name: portal.division_code for portal in portals().values()}[name] == code


def test_every_portal_names_a_division_in_use_expects_both_kinds_and_is_public() -> None:
    for portal in portals().values():
        found = division(portal.division_code, 2024)
        assert found
        assert portal.department or portal.name.endswith(found.name)
        assert {one.kind for one in portal.expected} == {"budget", "final_accounts"}
        assert not portal.allow_private
        assert portal.tls_exception is None
        assert portal.pace.seconds_between_requests >= 3


def test_every_address_is_from_the_seed_list_but_for_the_university(shared: Path) -> None:
    seeds = (shared / "pages" / "portal_seeds.csv").read_text(encoding="utf-8-sig")
    known = {line.rpartition(",")[2].strip() for line in seeds.splitlines()}
    unknown = {portal.id for portal in portals().values() for entry in portal.entries if entry.address not in known}
    assert unknown == {"southwest_university"}


def test_every_portals_file_says_where_its_address_is_from() -> None:
    folder = Path(load_portals.__code__.co_filename).parent
    assert all(path.read_text(encoding="utf-8").startswith("# ") for path in folder.glob("*.yaml"))


def test_what_a_file_leaves_out_is_the_polite_default(tmp_path: Path) -> None:
    portal = load_portal(write(tmp_path, MADE))
    assert (portal.levels, portal.attachment_hosts, portal.allow_private) == (("department", "government"), None, False)
    assert portal.pace.window.contains(time(2, 0))
    assert not portal.pace.window.contains(time(12, 0))


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("colour: red", "colour"),
        ("pace: {seconds_between_requests: -1}", "pace.seconds_between_requests"),
        ("pace: {speed: 1}", "pace.speed"),
        ("tls_exception: {hosts: [www.example.gov.cn]}", "tls_exception.reason"),
        ("tls_exception: {hosts: [], reason: certificate has lapsed}", "tls_exception.hosts"),
        ("expected: [{kind: budget, papers_at_least: 0, from_month: 4}]", "expected.0.papers_at_least"),
        ("expected: [{kind: budget, papers_at_least: 1, from_month: 13}]", "expected.0.from_month"),
        ("bounds: {failed_share_at_most: 1.5}", "bounds.failed_share_at_most"),
        ("levels: []", "levels"),
        ("attachment_hosts: ['https://a.cn/']", "attachment_hosts.0"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_place(tmp_path: Path, line: str, place: str) -> None:
    with pytest.raises(PortalError, match=rf"made\.yaml: .*{place}"):
        load_portal(write(tmp_path, f"{MADE}{line}\n"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("'430211'", "'43021'"),
        ("family: trs", "family: drupal"),
        ("https://", "ftp://"),
        ("id: made", "id: ../made"),
        ("id: made", "id: other"),
        ("entries:", "entries: {"),
    ],
)
def test_values_out_of_range_are_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(PortalError):
        load_portals(write(tmp_path, MADE.replace(old, new)).parent)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="none"):
        load_portal(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("opens", "closes", "within", "without"),
    [
        (time(1), time(7), time(1), time(7)),
        (time(22), time(6), time(23), time(12)),
        (time(22), time(6), time(5, 59), time(6)),
    ],
)
def test_a_window_is_open_from_its_first_hour_until_before_its_last(
    opens: time, closes: time, within: time, without: time
) -> None:
    window = Window(opens=opens, closes=closes)
    assert (window.contains(within), window.contains(without)) == (True, False)


@given(st.times(), st.times())
def test_equal_ends_are_the_whole_day(end: time, moment: time) -> None:
    assert Window(opens=end, closes=end).contains(moment)
