"""The archive in a folder and in an S3 store: what goes in comes out, whole or not at all."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from crawlers.archive import Archive, Stored
from crawlers.archive.errors import (
    ArchiveFullError,
    ArchiveUnreachableError,
    CaptureDamagedError,
    DocumentDamagedError,
    NoSuchDocumentError,
)
from schemas.captures import Capture, ListedPaper

CONTENT = b"%PDF-1.7 a paper"
IDENTITY = hashlib.sha256(CONTENT).hexdigest()
ABSENT = "0" * 64
BUCKET = "papers"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A bucket's address on moto's server on loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        yield f"s3://{BUCKET}"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty archive is."""
    if request.param == "folder":
        return str(tmp_path / "archive")
    return f"{request.getfixturevalue('s3')}/{tmp_path.name}"


@pytest.fixture
def archive(url: str) -> Archive:
    return Archive.open(url)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def capture(document_id: str = IDENTITY, *, at: datetime = datetime(2026, 9, 20, 18, tzinfo=UTC)) -> Capture:
    paper = ListedPaper(
        url="https://tianyuan.example/art.pdf",
        page_url="https://tianyuan.example/",
        title="天元区财政局2024年度部门决算",
        link_text="附件",
        kind="final_accounts",
        fiscal_year=2024,
        department="天元区财政局",
        published_on=None,
    )
    return Capture("tianyuan", paper, None, document_id, "决算.pdf", len(CONTENT), at, (("etag", '"1"'),))


def overwrite(url: str, key: str, content: bytes) -> None:
    """What a failing disk, or somebody's hand, might do."""
    if url.startswith("s3://"):
        boto3.client("s3").put_object(Bucket=BUCKET, Key=f"{url.removeprefix(f's3://{BUCKET}/')}/{key}", Body=content)
    else:
        Path(url, key).chmod(0o644)
        Path(url, key).write_bytes(content)


def test_a_file_is_kept_under_the_hash_of_its_bytes(archive):
    assert archive.put(iter([CONTENT[:4], CONTENT[4:]])) == Stored(IDENTITY, len(CONTENT), is_new=True)
    assert archive.put(CONTENT) == Stored(IDENTITY, len(CONTENT), is_new=False)
    assert archive.exists(IDENTITY)
    with archive.open_document(IDENTITY) as stream:
        assert stream.read() == CONTENT
    with archive.local_path(IDENTITY) as path:
        assert path.read_bytes() == CONTENT
    assert archive.verify(IDENTITY) == len(CONTENT)
    assert list(archive.document_ids()) == [IDENTITY]


def test_another_process_sees_what_is_there(archive, url):
    assert not archive.exists(IDENTITY)
    assert list(archive.document_ids()) == []
    Archive.open(url).put(CONTENT)
    assert archive.exists(IDENTITY)
    assert list(archive.document_ids()) == [IDENTITY]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chunks=st.lists(st.binary(max_size=300), max_size=8))
def test_any_bytes_in_any_pieces_come_out_as_they_went_in(archive, chunks):
    whole = b"".join(chunks)
    stored = archive.put(chunks)
    assert (stored.document_id, stored.size_bytes) == (hashlib.sha256(whole).hexdigest(), len(whole))
    with archive.open_document(stored.document_id) as stream:
        assert stream.read() == whole


def test_a_file_of_many_parts_goes_up_whole(archive):
    """More than one part of an S3 upload."""
    piece = os.urandom(1 << 20)
    stored = archive.put(piece for _ in range(102))
    assert archive.verify(stored.document_id) == 102 << 20


def test_a_fetch_that_breaks_off_leaves_nothing(archive, url):
    def broken() -> Iterator[bytes]:
        yield CONTENT
        raise ConnectionResetError("the host hung up")

    with pytest.raises(ConnectionResetError):
        archive.put(broken())
    assert list(archive.document_ids()) == []
    if not url.startswith("s3://"):
        assert list(Path(url, "partial").iterdir()) == []


def test_what_is_not_there_is_a_typed_error(archive):
    for ask in (archive.verify, archive.open_document, lambda each: archive.local_path(each).__enter__()):
        with pytest.raises(NoSuchDocumentError):
            ask(ABSENT)


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", IDENTITY.upper(), IDENTITY + "/x", IDENTITY + "\n"])
def test_no_name_but_a_hash_leads_anywhere(archive, name):
    with pytest.raises(ValueError, match="not a document id"):
        archive.exists(name)


@pytest.mark.parametrize("bytes_now", [b"", CONTENT[:-3], CONTENT + b"more", CONTENT[:-1] + b"X"])
def test_bytes_that_are_not_those_of_their_name_are_told(archive, url, bytes_now):
    archive.put(CONTENT)
    overwrite(url, f"sha256/{IDENTITY[:2]}/{IDENTITY[2:4]}/{IDENTITY}", bytes_now)
    with pytest.raises(DocumentDamagedError, match=IDENTITY):
        archive.verify(IDENTITY)
    with pytest.raises(DocumentDamagedError), archive.local_path(IDENTITY):
        pass


def test_a_document_that_was_cut_short_is_replaced_by_the_whole_one(archive, url):
    archive.put(CONTENT)
    overwrite(url, f"sha256/{IDENTITY[:2]}/{IDENTITY[2:4]}/{IDENTITY}", CONTENT[:5])
    assert archive.put(CONTENT).is_new
    assert archive.verify(IDENTITY) == len(CONTENT)


def test_captures_are_kept_beside_their_document_once_each(archive):
    later = capture(at=datetime(2026, 9, 21, 18, tzinfo=UTC))
    other = replace(capture(archive.put(b"another").document_id), member="一/二.pdf", size_bytes=7)
    archive.put(CONTENT)
    for each in (later, capture(), capture(), other):
        archive.keep_capture(each)
    assert archive.captures(IDENTITY) == (capture(), later)
    assert archive.captures(ABSENT) == ()
    assert set(archive.all_captures()) == {capture(), later, other}
    assert len(list(archive.all_captures())) == 3


def test_a_capture_that_cannot_be_read_is_told_with_its_place(archive, url):
    archive.keep_capture(capture())
    (key,) = archive._storage.keys("captures")
    overwrite(url, key, json.dumps({"portal": "x"}).encode())
    with pytest.raises(CaptureDamagedError, match="captures/"):
        archive.captures(IDENTITY)


def test_a_document_in_a_folder_cannot_be_written_to(folder):
    archive = Archive.open(f"file://{folder}")
    archive.put(CONTENT)
    with archive.local_path(IDENTITY) as path:
        assert path.stat().st_mode & 0o222 == 0


def test_partial_files_of_killed_processes_are_swept_out_and_others_left(folder):
    (folder / "partial").mkdir(parents=True)
    abandoned, growing = folder / "partial" / "abandoned", folder / "partial" / "growing"
    for path in (abandoned, growing):
        path.write_bytes(CONTENT[:3])
    long_ago = time.time() - timedelta(hours=2).total_seconds()
    os.utime(abandoned, (long_ago, long_ago))
    Archive.open(str(folder))
    assert not abandoned.exists()
    assert growing.exists()


WRITES = """
import sys
from crawlers.archive import Archive
archive = Archive.open(sys.argv[1])
archive.put(b"the first")
print("ready", flush=True)
for number in range(100_000):
    archive.put(str(number).encode() * 20_000)
"""


@pytest.mark.parametrize("after_seconds", [0.01, 0.05, 0.11])
def test_a_killed_process_leaves_whole_documents_alone(folder, after_seconds):
    process = subprocess.Popen([sys.executable, "-c", WRITES, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after_seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    archive = Archive.open(str(folder))
    found = list(archive.document_ids())
    assert hashlib.sha256(b"the first").hexdigest() in found
    for document_id in found:
        archive.verify(document_id)


def test_an_upload_that_the_store_never_finished_is_not_seen(s3, tmp_path):
    """What a kill amid an upload leaves: parts without their end."""
    client = boto3.client("s3")
    key = f"{tmp_path.name}/sha256/{IDENTITY[:2]}/{IDENTITY[2:4]}/{IDENTITY}"
    begun = client.create_multipart_upload(Bucket=BUCKET, Key=key)
    client.upload_part(Bucket=BUCKET, Key=key, UploadId=begun["UploadId"], PartNumber=1, Body=CONTENT)
    archive = Archive.open(f"{s3}/{tmp_path.name}")
    assert not archive.exists(IDENTITY)
    assert archive.put(CONTENT).is_new
    assert archive.verify(IDENTITY) == len(CONTENT)


def test_a_bucket_that_is_not_there_is_a_typed_error(s3):
    with pytest.raises(ArchiveUnreachableError, match="nowhere"):
        Archive.open("s3://nowhere/archive").put(CONTENT)


def test_a_place_that_is_no_folder_is_a_typed_error(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArchiveUnreachableError):
        Archive.open(str(tmp_path / "file" / "archive")).put(CONTENT)


def test_a_full_disk_is_a_typed_error_and_leaves_nothing(tmp_path):
    """On a file system of one mebibyte, which root alone can make."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        archive = Archive.open(str(small / "archive"))
        archive.put(CONTENT)
        with pytest.raises(ArchiveFullError, match="archive_full"):
            archive.put(os.urandom(1 << 16) for _ in range(40))
        assert list(archive.document_ids()) == [IDENTITY]
        assert archive.put(b"there is room for a small one").is_new
    finally:
        subprocess.run(["umount", str(small)], check=True)
