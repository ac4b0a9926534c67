"""What can go wrong at an address, on demand."""

import gzip
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

Trouble = Literal[
    "status",  # `status`, with `headers` and `body`
    "stall",  # `after_bytes` of the body, then nothing for `seconds`
    "reset",  # `after_bytes` of the body, then the connection is reset
    "short",  # all is promised, `after_bytes` are sent, the connection is closed
    "cut",  # `after_bytes` are promised and sent, as if that were the file
    "redirect",  # to `target`; to its own address without one
    "gzip_bomb",  # few bytes that the Content-Encoding unpacks to `size`
    "body",  # `body` as `content_type` in the place of what is there, with status 200
    "no_validators",  # neither ETag nor Last-Modified, and no 304
    "endless",  # a body without a length that does not end before `size`
]


@dataclass(slots=True)
class Fault:
    """A trouble at the addresses whose path (and query) match `at`, a shell pattern; `times` requests long."""

    at: str
    trouble: Trouble
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    target: str | None = None
    after_bytes: int = 0
    seconds: float = 5.0
    size: int = 64 << 20
    times: int | None = None

    def strikes(self, target: str) -> bool:
        """Whether it is this request's turn to fail; counts down `times`."""
        if self.times == 0 or not fnmatchcase(target, self.at):
            return False
        self.times = self.times if self.times is None else self.times - 1
        return True


def gzip_bomb(size: int) -> bytes:
    """A gzip stream of `size` zeros."""
    return gzip.compress(bytes(size), 9, mtime=0)


def zip_bomb(size: int) -> bytes:
    """A zip with one member of `size` zeros that is called a PDF."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("2024年度部门决算.pdf", bytes(size))
    return stream.getvalue()


def nested_zip(content: bytes, depth: int) -> bytes:
    """A zip in a zip in a zip, `depth` of them, around one PDF."""
    name = "2024年度部门决算.pdf"
    for level in range(depth):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
            opened.writestr(name, content)
        name, content = f"{level}.zip", stream.getvalue()
    return content


BLOCK_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>访问被拦截</title></head><body><div class="box">'
    "<h1>您的请求已被拦截</h1><p>您的访问疑似攻击行为，已被网站防火墙（WAF）拦截。请求编号：7f3c0a91</p></div></body></html>"
).encode()
LOGIN_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>用户登录</title></head><body><h1>统一身份认证平台</h1>'
    '<form action="/login" method="post"><input type="text" name="username" placeholder="用户名">'
    '<input type="password" name="password" placeholder="密码"><button>登录</button></form></body></html>'
).encode()
ERROR_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>404 页面不存在</title></head><body><div class="error">'
    "<h1>404</h1><p>抱歉，您访问的页面不存在或已删除！</p></div></body></html>"
).encode()
