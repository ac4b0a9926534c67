"""大汉 JCMS: /col/col1234/index.html, filled by /module/web/jpage/dataproxy.jsp; /art/2024/9/20/art_1234_567.html."""

from samples.portal.families.build import Build, file_resource
from samples.portal.publications import Publication
from samples.portal.resources import Query, Resource, Routes, link, page

_PROXY = "/module/web/jpage/dataproxy.jsp"
_COLUMN = 5120


class Jcms:
    """大汉 (hanweb) JCMS."""

    def entry(self, build: Build) -> str:
        """A column."""
        return f"/col/col{_COLUMN}/index.html"

    def file_target(self, build: Build, index: int) -> str:
        """The script that hands files over."""
        publication = build.published[index]
        stamp = f"{publication.published_on:%y%m%d}{build.number(index)}{publication.suffix}"
        return f"/module/download/downfile.jsp?classid=0&filename={stamp}"

    def routes(self, build: Build) -> Routes:
        """The column, its data, articles and files."""
        routes: Routes = {self.entry(build): _list(build), _PROXY: lambda query: _records(build, query)}
        for index, publication in enumerate(build.published):
            routes[_article(build, index)] = self._detail(build, index)
            routes[self.file_target(build, index)] = file_resource(publication, b"attachment; filename=downfile.jsp")
        return routes

    def _detail(self, build: Build, index: int) -> Resource:
        publication = build.published[index]
        file = link(self.file_target(build, index), publication.file_name)
        day = publication.published_on
        content = (
            f'<div id="zoom"><meta name="ArticleTitle" content="{publication.title}"><p>{publication.title}</p>'
            f"<p>{file}</p></div>"
        )
        head = (
            f'<meta name="ArticleTitle" content="{publication.title}">'
            f'<meta name="pubdate" content="{day:%Y-%m-%d} 09:30">'
        )
        return page(publication.title, content, head=head)


def _article(build: Build, index: int) -> str:
    day = build.published[index].published_on
    return f"/art/{day.year}/{day.month}/{day.day}/art_{_COLUMN}_{build.number(index)}.html"


def _row(build: Build, index: int, publication: Publication) -> str:
    return f"<li>{link(_article(build, index), publication.title)}<span>{publication.published_on}</span></li>"


def _datastore(build: Build, shown: list[tuple[int, Publication]]) -> str:
    records = "\n".join(f"<record><![CDATA[{_row(build, *each)}]]></record>" for each in shown)
    total = len(build.published)
    return f"<datastore><totalrecord>{total}</totalrecord>\n<recordset>\n{records}\n</recordset></datastore>"


def _list(build: Build) -> Resource:
    """A column's page: its first records lie in a script element, a script asks for the others."""
    data = (
        f"col:1,appid:1,webid:1,path:'/',columnid:{_COLUMN},sourceContentType:1,unitid:'6047212',"
        "webname:'示例市示例区财政局',permissiontype:0"
    )
    settings = f"perPage:{build.per_page},totalRecord:{len(build.published)},showMode:'normal'"
    content = (
        f'<div id="6047212"><script type="text/xml">{_datastore(build, build.pages()[0])}</script></div>\n'
        f"<script>$(function(){{$('#6047212').jpage({{{settings},proxyUrl:'{_PROXY}',dataBefore:'<ul>',"
        f"data:{{{data}}}}});}});</script>"
    )
    return page("部门预决算", content, head='<script src="/script/jpage.js"></script>')


def _records(build: Build, query: Query) -> Resource:
    """A span of records, from `startrecord` to `endrecord`, both counted from 1."""
    start, end = int(query.get("startrecord", "1")), int(query.get("endrecord", "45"))
    shown = list(enumerate(build.published))[start - 1 : end] if query.get("columnid") == str(_COLUMN) else []
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{_datastore(build, shown)}'
    return Resource(text.encode(), "text/xml;charset=UTF-8")
