"""What stands at an address of a sample portal, and pages as markup."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Resource:
    """A body and how it is served; `conditional` is False where the server gives neither ETag nor Last-Modified."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    disposition: bytes | None = None
    conditional: bool = True

    @property
    def etag(self) -> str:
        """A strong validator of the bytes."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


Route = Resource | Callable[[Query], Resource]
Routes = dict[str, Route]
"""By path, or by path and query; a function is given the query and the form together."""


def page(title: str, content: str, *, head: str = "", encoding: str = "utf-8", declared: bool = True) -> Resource:
    """An HTML page with the surroundings that portals have; `declared` is whether the server names the encoding."""
    text = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="{encoding}">\n<title>{escape(title)}</title>\n'
        f"{head}\n</head>\n<body>\n"
        '<div class="header"><ul class="nav"><li><a href="/index.html">首页</a></li></ul></div>\n'
        f'<div class="main">\n{content}\n</div>\n'
        '<div class="footer"><p>主办单位：示例市示例区财政局　网站标识码：9999990001</p></div>\n</body>\n</html>\n'
    )
    content_type = f"text/html; charset={encoding}" if declared else "text/html"
    return Resource(text.encode(encoding), content_type)


def link(address: str, text: str) -> str:
    """A link."""
    return f'<a href="{escape(address)}" target="_blank" title="{escape(text)}">{escape(text)}</a>'
