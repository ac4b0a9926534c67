"""Every fault of the sample portal ends in the right typed reason, and the papers beside it still come in."""

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from visiting import QUICK, Memory, Visited, visit

from crawlers.archive import Archive
from crawlers.errors import REASONS
from crawlers.limits import MIB, Limits
from samples.portal import Fault, PortalServer, Site, many_publications, portal_of
from samples.portal.faults import BLOCK_PAGE, ERROR_PAGE, LOGIN_PAGE, nested_zip, zip_bomb
from samples.portal.publications import zip_of
from samples.portal.rar import compressed_rar
from schemas.captures import FetchFailure

RAR_TOOL = any(map(shutil.which, ("unrar", "unar", "bsdtar", "7z", "7zz")))
LIMITS = replace(QUICK, file_bytes=2 * MIB, unpacked_bytes=8 * MIB, timeout_seconds=3.0)
HTML = (
    b"<!DOCTYPE html><html><head><title>\xe5\x85\xac\xe5\x91\x8a</title></head><body><p>\xe8\xaf\xb7</p></body></html>"
)
PDF = many_publications(1)[0].content
FILE = "application/octet-stream"


def encrypted_zip() -> bytes:
    """A zip whose only member says that it is encrypted."""
    content = bytearray(zip_of([(b"2024.pdf", PDF)]))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def body(content: bytes, content_type: str = FILE) -> Callable[[str, str], Fault]:
    return lambda at, origin: Fault(at, "body", body=content, content_type=content_type)


def status(code: int, **headers: str) -> Callable[[str, str], Fault]:
    return lambda at, origin: Fault(at, "status", status=code, headers=headers)


def to(target: str) -> Callable[[str, str], Fault]:
    """A redirect; `{port}` stands for the server's own."""
    return lambda at, origin: Fault(at, "redirect", target=target.format(port=urlsplit(origin).port))


# One paper each, in this order: what goes wrong at its address, and the reason that must come of it.
TROUBLES: list[tuple[str, Callable[[str, str], Fault], str]] = [
    ("404", status(404), "gone"),
    ("410", status(410), "gone"),
    ("403", status(403), "access_denied"),
    ("500", status(500), "server_error"),
    ("503", status(503), "server_error"),
    ("418", status(418), "unexpected_status"),
    ("stall", lambda at, _: Fault(at, "stall", after_bytes=100, seconds=4.5), "timeout"),
    ("reset", lambda at, _: Fault(at, "reset", after_bytes=5000), "connection_reset"),
    ("reset at once", lambda at, _: Fault(at, "reset"), "connection_reset"),
    ("shorter than declared", lambda at, _: Fault(at, "short", after_bytes=5000), "truncated"),
    ("cut short, declared so", lambda at, _: Fault(at, "cut", after_bytes=9000), "truncated"),
    ("redirect loop", lambda at, _: Fault(at, "redirect"), "too_many_redirects"),
    ("to another loopback", to("http://127.0.0.99:{port}/x.pdf"), "forbidden_address"),
    ("to a decimal address", to("http://2130706433:{port}/x.pdf"), "forbidden_address"),
    ("to an octal address", to("http://0177.0.0.1:{port}/x.pdf"), "forbidden_address"),
    ("to IPv6 loopback", to("http://[::1]:{port}/x.pdf"), "forbidden_address"),
    ("to mapped IPv6", to("http://[::ffff:127.0.0.1]:{port}/x.pdf"), "forbidden_address"),
    ("to a name of loopback", to("http://localhost:{port}/x.pdf"), "forbidden_address"),
    ("to a cloud's metadata", to("http://169.254.169.254/latest/meta-data"), "forbidden_address"),
    ("to a private network", to("http://10.0.0.1/x.pdf"), "forbidden_address"),
    ("to a file", to("file:///etc/passwd"), "bad_redirect"),
    ("to nowhere", status(302), "bad_redirect"),
    ("to a closed port", to("http://127.0.0.1:1/x.pdf"), "connection_refused"),
    ("to TLS that is none", to("https://127.0.0.1:{port}/x.pdf"), "tls_failure"),
    ("to a disallowed path", to("/admin/x.pdf"), "robots_disallowed"),
    ("gzip bomb", lambda at, _: Fault(at, "gzip_bomb", size=64 * MIB), "decompression_bomb"),
    (
        "gzip that is none",
        lambda at, _: Fault(at, "body", body=PDF, headers={"Content-Encoding": "gzip"}),
        "bad_encoding",
    ),
    ("zip bomb", body(zip_bomb(7 * MIB)), "decompression_bomb"),
    ("zip too large", body(zip_bomb(9 * MIB)), "decompression_bomb"),
    ("zips in zips", body(nested_zip(PDF, 3)), "archive_limit"),
    ("zip cut short", body(zip_of([(b"2024.pdf", PDF)])[:-60]), "truncated"),
    ("zip of texts", body(zip_of([(b"readme.txt", b"nothing")])), "no_papers_in_archive"),
    ("encrypted zip", body(encrypted_zip()), "encrypted_archive"),
    # what stands behind the head is no real compressed data: a tool finds it damaged, without one nobody can tell
    ("rar", body(compressed_rar(b"2024.pdf", PDF)), "damaged_archive" if RAR_TOOL else "no_rar_tool"),
    ("too large, declared", body(bytes(3 * MIB)), "too_large"),
    ("too large, streamed", lambda at, _: Fault(at, "endless", size=4 * MIB), "too_large"),
    ("block page", body(BLOCK_PAGE, "text/html"), "block_page"),
    ("login page", body(LOGIN_PAGE, "text/html"), "login_page"),
    ("error page", body(ERROR_PAGE, "text/html"), "error_page"),
    ("block page as PDF", body(BLOCK_PAGE, "application/pdf"), "block_page"),
    ("some page", body(HTML, "application/pdf"), "html_instead_of_file"),
    ("nothing", body(b""), "empty_body"),
    ("a picture", body(b"GIF89a" + bytes(100)), "unknown_type"),
]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Visited, Site]:
    """One visit to a site with all the troubles; the reasons by the trouble's name."""
    site = Site("trs", many_publications(len(TROUBLES) + 2))
    with PortalServer([site]):
        addresses = [site.file_address(number) for number in range(len(TROUBLES))]
        site.faults = [
            trouble(urlsplit(address).path, site.origin)
            for address, (_, trouble, _) in zip(addresses, TROUBLES, strict=True)
        ]
        memory = Memory(tmp_path_factory.mktemp("faulty"))
        visited = visit(portal_of(site), memory, LIMITS)
    reasons = {name: visited.reasons.get(url, "") for url, (name, _, _) in zip(addresses, TROUBLES, strict=True)}
    return reasons, visited, site


@pytest.mark.parametrize(("name", "reason"), [(name, reason) for name, _, reason in TROUBLES])
def test_each_fault_has_its_reason(faulty: tuple[dict[str, str], Visited, Site], name: str, reason: str) -> None:
    assert faulty[0][name] == reason


def test_the_papers_beside_the_faults_come_in(faulty: tuple[dict[str, str], Visited, Site]) -> None:
    _, visited, site = faulty
    assert visited.error is None
    assert {capture.paper.url for capture in visited.captures} == {
        site.file_address(number) for number in (len(TROUBLES), len(TROUBLES) + 1)
    }
    assert visited.summary
    assert visited.summary.finish_reason == "finished"
    assert sum(visited.summary.failures.values()) == len(TROUBLES)


def test_every_failure_tells_whose_and_has_advice(faulty: tuple[dict[str, str], Visited, Site]) -> None:
    for failure in faulty[1].of(FetchFailure):
        assert failure.paper is not None
        assert failure.paper.url == failure.url
        assert REASONS[failure.reason].advice


def test_pages_fail_with_a_reason_too(tmp_path: Path) -> None:
    site = Site("trs", many_publications(6), per_page=1)
    with PortalServer([site]):
        site.faults = [
            Fault("*index_1.html", "body", body=BLOCK_PAGE),
            Fault("*index_2.html", "status", status=404),
            Fault("*index_3.html", "stall", seconds=4.5),
            Fault("*index_4.html", "body", body=b""),
        ]
        visited = visit(portal_of(site), Memory(tmp_path), LIMITS)
    failed = {url.rpartition("/")[2]: reason for url, reason in visited.reasons.items()}
    assert failed == {
        "index_1.html": "block_page",
        "index_2.html": "gone",
        "index_3.html": "timeout",
        "index_4.html": "empty_body",
    }
    assert len(visited.captures) == 2
    assert all(event.paper is None for event in visited.events if hasattr(event, "reason"))


def test_a_broken_member_does_not_cost_the_others(tmp_path: Path) -> None:
    whole, cut = many_publications(2)
    content = zip_of([("甲.pdf".encode("gb18030"), whole.content), ("乙.pdf".encode("gb18030"), cut.content[:5000])])
    site = Site("trs", [replace(whole, content=content, file_name="两份.zip")])
    with PortalServer([site]):
        visited = visit(portal_of(site), Memory(tmp_path), Limits())
    (capture,) = visited.captures
    assert (capture.member, capture.file_name) == ("甲.pdf", "甲.pdf")
    assert list(visited.reasons.values()) == ["truncated"]
    archive = Archive.open(str(tmp_path / "archive"))
    assert len(list(archive.document_ids())) == 2  # the paper, and the zip as it came
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
