"""A lost ledger, built again from the archive."""

from dataclasses import replace

from made_events import CODE, PORTAL, capture, identity

from crawlers.archive import Archive
from ledger.rebuilding import rebuild


def test_every_paper_of_the_archive_comes_back_but_not_the_zip_that_held_it(ledger, clock, tmp_path):
    archive = Archive.open(str(tmp_path / "archive"))
    zipped = capture("zip", clock(), content="PK…")
    member = replace(capture("zip", clock(), content="within"), member="决算.pdf")
    plain = capture("plain", clock())
    for each, content in ((zipped, "PK…"), (member, "within"), (plain, "plain")):
        archive.put(content.encode())
        archive.keep_capture(each)
    for _ in range(2):
        assert rebuild(ledger, archive, CODE) == 2
        current = {each.document_id: each.capture for each in ledger.current_documents()}
        assert set(current) == {identity("within"), identity("plain")}
        assert current[identity("within")].member == "决算.pdf"
        assert current[identity("plain")].portal == PORTAL
        assert ledger.due_count("read") == 2
