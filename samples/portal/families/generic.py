"""A site of no family, in gb2312: list.asp?page=2, show.asp?id=…, files on the page with a query string for a name."""

from urllib.parse import quote

from samples.portal.families.build import Build, file_resource
from samples.portal.publications import Publication
from samples.portal.resources import Resource, Routes, link, page

_ENCODING = "gb2312"


class Generic:
    """No family: what the links say is all there is."""

    def entry(self, build: Build) -> str:
        """The list."""
        return "/czyjs/list.asp"

    def file_target(self, build: Build, index: int) -> str:
        """A file under a number, its name in the query string."""
        publication = build.published[index]
        name = quote(publication.file_name)
        return f"/upload/{publication.published_on:%Y%m}/{build.number(index)}{publication.suffix}?filename={name}"

    def routes(self, build: Build) -> Routes:
        """Lists, articles and files; the server does not name the encoding."""
        pages = build.pages()
        routes: Routes = {}
        for at, shown in enumerate(pages, 1):
            target = f"{self.entry(build)}?page={at}" if at > 1 else self.entry(build)
            routes[target] = self._list(build, shown, at, len(pages))
        for index, publication in enumerate(build.published):
            routes[_article(build, index)] = self._detail(build, index)
            routes[self.file_target(build, index)] = file_resource(publication)
        return routes

    def _list(self, build: Build, shown: list[tuple[int, Publication]], at: int, count: int) -> Resource:
        rows = "\n".join(
            f"<tr><td>{link(_article(build, index), publication.title)}</td><td>{publication.published_on}</td></tr>"
            for index, publication in shown
        )
        onward = link(f"{self.entry(build)}?page={at + 1}", "下一页") if at < count else ""
        content = f"<table>\n{rows}\n</table>\n<p>第{at}页 共{count}页 {onward}</p>"
        return page("部门预决算公开专栏", content, encoding=_ENCODING, declared=False)

    def _detail(self, build: Build, index: int) -> Resource:
        publication = build.published[index]
        file = link(self.file_target(build, index), publication.file_name)
        content = (
            f"<h2>{publication.title}</h2><p>时间：{publication.published_on}</p>"
            f"<div>{publication.department}现公开如下：</div><p>{file}</p>"
        )
        return page(publication.title, content, encoding=_ENCODING, declared=False)


def _article(build: Build, index: int) -> str:
    return f"/czyjs/show_{build.number(index)}.html"
