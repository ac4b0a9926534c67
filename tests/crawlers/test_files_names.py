"""True names out of everything that servers make of them."""

from email.header import Header
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.files.file_names import LONGEST, cleaned, of_disposition, of_query, true_name

NAME = "2023年度部门决算.pdf"


@pytest.mark.parametrize(
    "header",
    [
        f"attachment; filename*=UTF-8''{quote(NAME)}".encode(),
        f"attachment; filename*=utf-8'zh-cn'{quote(NAME)}".encode(),
        f"attachment; filename=\"x.pdf\"; filename*=UTF-8''{quote(NAME)}".encode(),
        f"attachment;filename*=GBK''{quote(NAME.encode('gbk'))}".encode(),
        f'attachment; filename="{NAME}"'.encode(),
        f'attachment; filename="{NAME}"'.encode("gbk"),
        f"attachment;filename={NAME}".encode("gbk"),
        f"attachment; filename={quote(NAME)}".encode(),
        f"attachment; filename={quote(NAME.encode('gbk'))}".encode(),
        f'attachment; filename="{Header(NAME, "utf-8").encode()}"'.encode(),
        f"attachment; filename={Header(NAME, 'gb2312').encode()}".encode(),
        f'ATTACHMENT; FileName="C:\\upload\\{NAME}"'.encode(),
        f'inline; filename="../../etc/{NAME}"'.encode(),
    ],
)
def test_content_disposition_in_all_its_encodings(header: bytes) -> None:
    assert of_disposition(header) == NAME


@pytest.mark.parametrize(
    "header",
    [
        None,
        b"",
        b"attachment",
        b"attachment; filename=",
        b'attachment; filename="null"',
        b"attachment; filename=..",
        b"attachment; filename=download.jsp",
        b"attachment; filename*=UTF-8''",
        b'attachment; filename="/"',
    ],
)
def test_what_is_no_name_gives_none(header: bytes | None) -> None:
    assert of_disposition(header) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"http://a.cn/viewFile.do?id=7&filename={quote(NAME)}", NAME),
        (f"http://a.cn/file/1772.pdf?filename={quote(NAME.encode('gbk'))}", NAME),
        (f"http://a.cn/d.jsp?filePath=/upload/{quote(NAME)}", NAME),
        ("http://a.cn/download.jsp?wbfileid=12", None),
        ("http://a.cn/down?filename=12", None),
    ],
)
def test_names_in_query_strings(url: str, expected: str | None) -> None:
    assert of_query(url) == expected


def test_the_name_that_says_most_is_taken() -> None:
    trs = "http://a.cn/202409/P020240920123456789.pdf"
    assert true_name(None, trs, f"附件：{NAME}", "公告", "pdf") == f"附件：{NAME}"
    assert true_name(None, f"http://a.cn/files/{quote(NAME)}", "点击下载", "公告", "pdf") == NAME
    assert true_name(None, trs, "附件1", "某局2023年度部门决算", "pdf") == "某局2023年度部门决算.pdf"
    assert true_name(b"attachment; filename=24091610014.pdf", trs, NAME, "", "pdf") == NAME
    assert true_name(None, trs, "附件1", "", "pdf") == "P020240920123456789.pdf"
    assert true_name(None, "http://a.cn/d.jsp", "", "", "ole") == "unnamed.xls"
    assert (
        true_name(None, "http://a.cn/x", "决算.xls", "", "ooxml") == "决算.xls"
    )  # as it was called, xlsx inside or not


@given(st.binary(max_size=400))
def test_no_header_breaks_it_or_makes_a_path(raw: bytes) -> None:
    name = of_disposition(b"attachment; filename=" + raw)
    assert name is None or (0 < len(name) <= LONGEST and not {"/", "\\", "\0", "\n"} & set(name))
    assert name not in {".", ".."}


@given(st.text(max_size=400))
def test_cleaning_is_idempotent(text: str) -> None:
    name = cleaned(text)
    assert name is None or cleaned(name) == name


def test_a_long_name_keeps_its_suffix() -> None:
    assert cleaned("决" * 500 + ".pdf") == "决" * (LONGEST - 4) + ".pdf"
