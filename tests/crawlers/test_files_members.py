"""Archives: names in every encoding, limits before anything is unpacked, one broken member at a time."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.errors import (
    ArchiveLimitError,
    DamagedArchiveError,
    DecompressionBombError,
    EncryptedArchiveError,
    FetchError,
    NoRarToolError,
)
from crawlers.files.archive_members import BrokenMember, Member, member_path, unpack
from crawlers.limits import Limits
from samples.portal import many_publications
from samples.portal.faults import nested_zip, zip_bomb
from samples.portal.publications import zip_of
from samples.portal.rar import compressed_rar, stored_rar

PDF = many_publications(1)[0].content
LIMITS = Limits()


def paths(content: bytes, media: str = "zip") -> list[str]:
    return [found.path for found in unpack(content, media, LIMITS)]  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_flag_are_guessed(encoding: str) -> None:
    assert paths(zip_of([("区教育局/2023年度决算.pdf".encode(encoding), PDF)])) == ["区教育局/2023年度决算.pdf"]


def test_a_flagged_name_and_a_code_page_437_name() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        opened.writestr("决算.pdf", PDF)
    assert paths(stream.getvalue()) == ["决算.pdf"]
    assert paths(zip_of([("é.pdf".encode("cp437"), PDF)])) == ["é.pdf"]


def test_the_unicode_path_of_info_zip_is_believed_while_its_checksum_holds() -> None:
    raw, true = b"??.pdf", "决算.pdf".encode()
    for crc, expected in ((zlib.crc32(raw), "决算.pdf"), (0, "??.pdf")):
        info = zipfile.ZipInfo("??.pdf")
        info.extra = struct.pack("<HHBL", 0x7075, 5 + len(true), 1, crc) + true
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as opened:
            opened.writestr(info, PDF)
        assert paths(stream.getvalue()) == [expected]


def test_rar_names_in_gbk() -> None:
    names = ["决算\\二〇二三年度部门决算.pdf", "预算.pdf"]
    content = stored_rar((name.encode("gb18030"), PDF) for name in names)
    assert paths(content, "rar") == ["决算/二〇二三年度部门决算.pdf", "预算.pdf"]


def test_a_name_never_climbs() -> None:
    assert paths(zip_of([(b"../../etc/passwd.pdf", PDF), (b"C:\\a\\..\\b.pdf", PDF), (b"/root/c.pdf", PDF)])) == [
        "etc/passwd.pdf",
        "C:/a/b.pdf",
        "root/c.pdf",
    ]


@given(st.text(max_size=80))
def test_no_name_becomes_a_path_that_climbs(name: str) -> None:
    path = member_path(name)
    assert path
    assert not path.startswith("/")
    assert not {"", ".", ".."} & set(path.split("/"))


def test_what_is_no_paper_is_passed_over() -> None:
    others = [(b"__MACOSX/._a.pdf", PDF), (b"readme.txt", b"x"), (b"a/._b.pdf", PDF), (b"~$c.doc", PDF)]
    assert paths(zip_of([*others, (b"a.pdf", PDF)])) == ["a.pdf"]


def test_archives_in_archives_once() -> None:
    assert paths(nested_zip(PDF, 2)) == ["0.zip/2024年度部门决算.pdf"]
    (broken,) = unpack(nested_zip(PDF, 3), "zip", LIMITS)
    assert isinstance(broken, BrokenMember)
    assert isinstance(broken.error, ArchiveLimitError)


@pytest.mark.parametrize(
    ("content", "limits", "error"),
    [
        (zip_bomb(4 << 20), LIMITS, DecompressionBombError),
        (zip_of([(b"a.pdf", PDF), (b"b.pdf", PDF)]), Limits(unpacked_bytes=30_000), DecompressionBombError),
        (zip_of([(b"%d.pdf" % number, b"") for number in range(6)]), Limits(members=5), ArchiveLimitError),
        (b"PK\x05\x06" + bytes(5), LIMITS, DamagedArchiveError),
    ],
)
def test_limits_hold_before_anything_is_unpacked(content: bytes, limits: Limits, error: type[FetchError]) -> None:
    with pytest.raises(error):
        next(iter(unpack(content, "zip", limits)))


def test_a_directory_that_lies_about_a_member_unpacks_no_more_than_it_says() -> None:
    """The compressed stream holds 32 MiB, the directory says 1,000 bytes."""
    content = bytearray(zip_bomb(32 << 20))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", 1000)
    found = list(unpack(bytes(content), "zip", LIMITS))
    assert [type(each.error) for each in found if isinstance(each, BrokenMember)] == [DamagedArchiveError]
    assert not [each for each in found if isinstance(each, Member)]


def test_archives_within_share_one_budget() -> None:
    inner = zip_bomb(900_000)  # below the size from which the ratio counts
    outer = zip_of([(b"%d.zip" % number, inner) for number in range(5)])
    found = list(unpack(outer, "zip", Limits(unpacked_bytes=2_000_000)))
    assert [each.error.reason for each in found if isinstance(each, BrokenMember)][-3:] == ["decompression_bomb"] * 3


def test_a_flipped_bit_costs_its_own_member_alone() -> None:
    content = bytearray(zip_of([(b"a.pdf", PDF), (b"b.pdf", PDF)]))
    content[2000] ^= 0xFF
    first, second = unpack(bytes(content), "zip", LIMITS)
    assert isinstance(first, BrokenMember)
    assert isinstance(second, Member)
    assert second.content == PDF


def test_a_rar_needs_a_tool_only_where_it_is_compressed() -> None:
    (broken,) = unpack(compressed_rar(b"a.pdf", PDF), "rar", LIMITS)
    assert isinstance(broken, BrokenMember)
    assert isinstance(broken.error, NoRarToolError | DamagedArchiveError)  # the latter where a tool is installed


def test_damaged_and_encrypted_archives_are_told_apart() -> None:
    locked = bytearray(zip_of([(b"a.pdf", PDF)]))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(EncryptedArchiveError):
        paths(bytes(locked))
    with pytest.raises(DamagedArchiveError):
        paths(b"Rar!\x1a\x07\x00" + bytes(40), "rar")


@given(st.binary(max_size=300), st.sampled_from(["zip", "rar"]))
def test_any_bytes_end_in_a_typed_error_or_in_nothing(noise: bytes, media: str) -> None:
    head = {"zip": b"PK\x03\x04", "rar": b"Rar!\x1a\x07\x00"}[media]
    with suppress(FetchError):
        found = list(unpack(head + noise, media, LIMITS))  # type: ignore[arg-type]
        assert all(isinstance(each, Member | BrokenMember) for each in found)
