"""Files that a PDF carries: documents of their own beside the PDF, with its name and their own in it."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from conftest import paper_of
from same_items import assert_same

from crawlers.errors import DecompressionBombError, EncryptedArchiveError, FetchError
from crawlers.files.archive_members import BrokenMember, Member, unpack
from crawlers.files.media_types import may_carry_files
from crawlers.limits import Limits
from reading.document import read_document
from reading.sources import find
from samples.layout import LAYOUTS
from samples.portal.publications import zip_of
from samples.twins.workbook import write_workbook
from samples.typeset import typeset
from schemas.records import Reading

NAME = "附件：2024年部门决算公开表.xlsx"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("twins") / "a.xlsx"
    write_workbook(paper_of("plain"), LAYOUTS["plain"], path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def prose(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("pdfs") / "a.pdf"
    typeset(paper_of("plain"), LAYOUTS["plain"], path)
    with pikepdf.open(path) as whole:
        del whole.pages[1:]
        return saved(whole)


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def carrying(prose: bytes, *files: tuple[str, bytes], packed: bool = False, on_page: bool = False) -> bytes:
    """The PDF with files attached to it, or pinned to its page; objects in streams where it is `packed`."""
    with pikepdf.open(io.BytesIO(prose)) as pdf:
        for name, content in files:
            spec = pikepdf.AttachedFileSpec(pdf, content, filename=name)
            if on_page:
                pin = pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 20, 20], FS=spec.obj
                )
                pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(pin)])
            else:
                pdf.attachments[name] = spec
        mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        return saved(pdf, object_stream_mode=mode)


@pytest.mark.parametrize(("packed", "on_page"), [(False, False), (True, False), (False, True)])
def test_a_carried_workbook_is_a_document_beside_the_pdf(
    *, packed: bool, on_page: bool, workbook: bytes, prose: bytes, of_pdf: Callable[[str], Reading], tmp_path: Path
) -> None:
    (tmp_path / "说明.pdf").write_bytes(carrying(prose, (NAME, workbook), packed=packed, on_page=on_page))
    found = find([tmp_path])
    assert found.unopened == ()
    by_name = {source.name: source for source in found.sources}
    assert set(by_name) == {"说明.pdf", NAME}
    carried = by_name[NAME]
    assert (carried.provenance.container, carried.provenance.container_place) == ("说明.pdf", NAME)
    assert by_name["说明.pdf"].provenance.container is None
    assert_same(read_document(carried.path), of_pdf("plain"), "plain")


def test_a_pdf_that_carries_nothing_is_one_document(prose: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(prose + b"%/EmbeddedFile\n")
    found = find([tmp_path])
    assert (len(found.sources), found.unopened) == (1, ())


def test_a_bomb_is_refused_and_the_pdf_stays_a_document(prose: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(carrying(prose, ("a.pdf", b"%PDF-1.4" + b"\0" * (600 << 20))))
    found = find([tmp_path])
    assert [source.name for source in found.sources] == ["a.pdf"]
    ((path, why),) = found.unopened
    assert path.parent.name == "a.pdf"
    assert DecompressionBombError.reason in why


@pytest.mark.parametrize(
    ("made", "limits", "error"),
    [
        (lambda prose: carrying(prose, ("a.pdf", prose)), Limits(unpacked_bytes=100), DecompressionBombError),
        (lambda prose: carrying(prose, *((f"{n}.pdf", b"%d" % n) for n in range(9))), Limits(members=8), FetchError),
        (lambda prose: prose[: len(prose) // 2] + b"/EmbeddedFile", Limits(), FetchError),
    ],
)
def test_what_is_past_the_limits_or_damaged_ends_typed(
    made: Callable[[bytes], bytes], limits: Limits, error: type[FetchError], prose: bytes
) -> None:
    content = made(prose)
    assert may_carry_files("pdf", content)
    with pytest.raises(error):
        list(unpack(content, "pdf", limits))


def test_a_pdf_with_a_password_says_so(prose: bytes, workbook: bytes) -> None:
    with pikepdf.open(io.BytesIO(carrying(prose, (NAME, workbook)))) as pdf:
        locked = saved(pdf, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(EncryptedArchiveError):
        list(unpack(locked, "pdf", Limits()))


def test_names_are_cleaned_and_what_is_no_paper_is_passed_over(prose: bytes, workbook: bytes) -> None:
    content = carrying(prose, ("../../evil.xlsx", workbook), ("a.txt", b"text"))
    assert [found.path for found in unpack(content, "pdf", Limits())] == ["evil.xlsx"]


def test_a_pdf_in_an_archive_gives_its_files_too_as_deep_as_archives_may_be(prose: bytes, workbook: bytes) -> None:
    inner = carrying(prose, (NAME, workbook))
    found = list(unpack(zip_of([("说明.pdf".encode("gbk"), inner)]), "zip", Limits()))
    assert [each.path for each in found] == ["说明.pdf", f"说明.pdf/{NAME}"]
    assert all(isinstance(each, Member) for each in found)
    deeper = zip_of([(b"a.zip", zip_of([("说明.pdf".encode("gbk"), inner)]))])
    whole, broken = unpack(deeper, "zip", Limits())
    assert isinstance(whole, Member)
    assert isinstance(broken, BrokenMember)
