"""博达 VSB: list.htm, list/12.htm counting down; info/1014/1222.htm; download.jsp with the name in a header, in GBK."""

from samples.portal.families.build import Build, file_resource
from samples.portal.publications import Publication
from samples.portal.resources import Resource, Routes, link, page

_GENERATOR = "<!--Announced by Visual SiteBuilder 9-->\n<script src='/_sitegray/_sitegray.js'></script>"
_STEM = "xxgk/czyjs"


class Vsb:
    """博达 Visual SiteBuilder."""

    def entry(self, build: Build) -> str:
        """The list's first page."""
        return f"/{_STEM}.htm"

    def file_target(self, build: Build, index: int) -> str:
        """The script that hands files over."""
        number = build.number(index)
        return f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1747819574&wbfileid={number}"

    def routes(self, build: Build) -> Routes:
        """Lists, articles and files."""
        pages = build.pages()
        routes: Routes = {}
        for at, shown in enumerate(pages):
            # The first page is list.htm, the second list/{n-1}.htm and the last list/1.htm.
            target = f"/{_STEM}/{len(pages) - at}.htm" if at else self.entry(build)
            routes[target] = _list(build, shown, at, len(pages))
        for index, publication in enumerate(build.published):
            disposition = f'attachment;filename="{publication.file_name}"'.encode("gb18030")
            routes[f"/{_article(build, index)}"] = self._detail(build, index)
            routes[self.file_target(build, index)] = file_resource(publication, disposition)
        return routes

    def _detail(self, build: Build, index: int) -> Resource:
        publication = build.published[index]
        file = link(self.file_target(build, index), publication.file_name)
        content = (
            f'<form name="_newscontent_fromname"><h1>{publication.title}</h1>'
            f"<p>发布日期：{publication.published_on:%Y年%m月%d日}</p>"
            f'<div id="vsb_content"><div class="v_news_content"><p>{publication.title}（详见附件）</p></div></div>'
            f"<ul><li>附件【{file}】已下载<span></span>次</li></ul></form>"
        )
        return page(f"{publication.title}-信息公开", content, head=_GENERATOR)


def _article(build: Build, index: int) -> str:
    return f"info/1014/{build.number(index)}.htm"


def _list(build: Build, shown: list[tuple[int, Publication]], at: int, count: int) -> Resource:
    up = "../" * (2 if at else 1)
    rows = "\n".join(
        f'<li id="line_u7_{row}">{link(up + _article(build, index), publication.title)}'
        f"<span>{publication.published_on}</span></li>"
        for row, (index, publication) in enumerate(shown)
    )
    content = f'<ul class="list">\n{rows}\n</ul>\n<div class="pb_sys_common">{_pager(build, at, count)}</div>'
    return page("部门预决算-信息公开", content, head=_GENERATOR)


def _pager(build: Build, at: int, count: int) -> str:
    """The links that the template writes: the next page and the last."""
    folder = "" if at else _STEM.rpartition("/")[2] + "/"
    onward = [(f"{folder}{count - at - 1}.htm", "下页"), (f"{folder}1.htm", "尾页")] if at + 1 < count else []
    return f"共{count}页 " + " ".join(link(address, text) for address, text in onward)
