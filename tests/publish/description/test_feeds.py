import json
from pathlib import Path
from xml.etree import ElementTree

from publish.description.feeds import ATOM, FEED, INDEX_JSON, atom_feed, index_json
from publish.store.index_files import release_entries, write_index
from tests.publish.description.test_index import made_release


def test_programs_find_the_releases_and_what_is_in_them(tmp_path: Path) -> None:
    for version in ("2026.3.5", "2026.3.6"):
        made_release(tmp_path, version)
    write_index(tmp_path)
    listed = json.loads((tmp_path / INDEX_JSON).read_text("utf-8"))
    assert listed["latest"] == "2026.3.6"
    assert [each["version"] for each in listed["releases"]] == ["2026.3.6", "2026.3.5"]
    for each in listed["releases"]:
        assert (tmp_path / each["datapackage"]).is_file()
        assert each["papers"] == 3
        assert sum(each["amounts"].values()) == 5


def test_the_feed_is_atom_and_its_entries_keep_their_identity(tmp_path: Path) -> None:
    made_release(tmp_path, "2026.3.5")
    before = ElementTree.fromstring(atom_feed(release_entries(tmp_path)))
    made_release(tmp_path, "2026.3.6")
    write_index(tmp_path)
    feed = ElementTree.parse(tmp_path / FEED).getroot()
    assert feed.tag == f"{{{ATOM}}}feed"
    for needed in ("id", "title", "updated", "author"):
        assert feed.find(f"{{{ATOM}}}{needed}") is not None, needed
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert [entry.findtext(f"{{{ATOM}}}title") for entry in entries] == ["2026.3.6", "2026.3.5"]
    assert feed.findtext(f"{{{ATOM}}}updated") == "2026-03-06T00:00:00Z"
    (old,) = before.findall(f"{{{ATOM}}}entry")
    assert entries[1].findtext(f"{{{ATOM}}}id") == old.findtext(f"{{{ATOM}}}id")
    assert feed.findtext(f"{{{ATOM}}}id") == before.findtext(f"{{{ATOM}}}id")


def test_no_release_is_an_empty_list() -> None:
    assert json.loads(index_json([]))["latest"] is None
    assert "<entry" not in atom_feed([])
