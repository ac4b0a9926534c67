"""开普 ucap: /c16360/index.html, index_2.html …; /c16360/20240920/i2345.html; files in a folder of 32 hex digits."""

import hashlib
from urllib.parse import quote

from samples.portal.families.build import Build, file_resource
from samples.portal.publications import Publication
from samples.portal.resources import Resource, Routes, link, page

_COLUMN = 16360


class Ucap:
    """开普 ucap."""

    def entry(self, build: Build) -> str:
        """A column."""
        return f"/c{_COLUMN}/index.html"

    def file_target(self, build: Build, index: int) -> str:
        """A file under its true name."""
        return _folder(build, index) + quote(f"{_hash(build, index)}/files/{build.published[index].file_name}")

    def routes(self, build: Build) -> Routes:
        """Lists, articles and files."""
        pages = build.pages()
        routes: Routes = {}
        for at, shown in enumerate(pages, 1):
            name = f"index_{at}.html" if at > 1 else "index.html"
            routes[f"/c{_COLUMN}/{name}"] = _list(build, shown, at, len(pages))
        for index, publication in enumerate(build.published):
            routes[_article(build, index)] = _detail(build, index)
            routes[self.file_target(build, index)] = file_resource(publication)
        return routes


def _folder(build: Build, index: int) -> str:
    return f"/c{_COLUMN}/{build.published[index].published_on:%Y%m%d}/"


def _article(build: Build, index: int) -> str:
    return f"{_folder(build, index)}i{build.number(index)}.html"


def _hash(build: Build, index: int) -> str:
    return hashlib.md5(str(build.number(index)).encode(), usedforsecurity=False).hexdigest()


def _list(build: Build, shown: list[tuple[int, Publication]], at: int, count: int) -> Resource:
    rows = "\n".join(
        f"<li>{link(_article(build, index), publication.title)}<b>{publication.published_on}</b></li>"
        for index, publication in shown
    )
    script = f"<script>createPageHTML('page_div',{count}, {at},'index','html',{len(build.published)});</script>"
    return page("部门预决算公开", f'<ul class="news-list">\n{rows}\n</ul>\n<div id="page_div">{script}</div>')


def _detail(build: Build, index: int) -> Resource:
    publication = build.published[index]
    address = f"{_hash(build, index)}/files/{publication.file_name}"
    content = (
        f'<h1 class="title">{publication.title}</h1><p class="info">发布时间：{publication.published_on} 08:55</p>'
        f"<ucapcontent><p>{publication.title}</p></ucapcontent><p>附件：{link(address, publication.file_name)}</p>"
    )
    head = f'<meta name="manuscriptId" content="{build.number(index)}">'
    return page(publication.title, content, head=head)
