"""TRS WCM: index.html, index_1.html …; t20240920_12345.html; ./P020240920….pdf."""

from samples.portal.families.build import Build, file_resource
from samples.portal.publications import Publication
from samples.portal.resources import Resource, Routes, link, page

_COLUMN = "/zwgk/czxx/bmyjs"


class Trs:
    """拓尔思 TRS WCM."""

    def entry(self, build: Build) -> str:
        """A column's folder."""
        return f"{_COLUMN}/index.html"

    def file_target(self, build: Build, index: int) -> str:
        """A file beside its article, named by day and number."""
        publication = build.published[index]
        return f"{_COLUMN}/{_month(publication)}/{_file_name(build, index)}"

    def routes(self, build: Build) -> Routes:
        """Lists, articles and files."""
        pages = build.pages()
        routes: Routes = {}
        for at, shown in enumerate(pages):
            name = f"index_{at}.html" if at else "index.html"
            routes[f"{_COLUMN}/{name}"] = _list(build, shown, at, len(pages))
        for index, publication in enumerate(build.published):
            routes[f"{_COLUMN}/{_article(build, index)}"] = _detail(build, index)
            routes[self.file_target(build, index)] = file_resource(publication)
        return routes


def _month(publication: Publication) -> str:
    return f"{publication.published_on:%Y%m}"


def _article(build: Build, index: int) -> str:
    day = build.published[index].published_on
    return f"{day:%Y%m}/t{day:%Y%m%d}_{build.number(index)}.html"


def _file_name(build: Build, index: int) -> str:
    publication = build.published[index]
    return f"P0{publication.published_on:%Y%m%d}{build.number(index):012d}{publication.suffix}"


def _list(build: Build, shown: list[tuple[int, Publication]], at: int, count: int) -> Resource:
    rows = "\n".join(
        f"<li>{link('./' + _article(build, index), publication.title)}<span>{publication.published_on}</span></li>"
        for index, publication in shown
    )
    script = f'<script>createPageHTML({count}, {at}, "index", "html");</script>'
    return page("部门预决算公开", f'<ul class="list">\n{rows}\n</ul>\n<div class="page">{script}</div>')


def _detail(build: Build, index: int) -> Resource:
    publication = build.published[index]
    file = link(f"./{_file_name(build, index)}", publication.file_name)
    content = (
        f"<h1>{publication.title}</h1><p>发布时间：{publication.published_on}　来源：{publication.department}</p>"
        f'<div class="view TRS_UEDITOR trs_paper_default trs_web"><p>现将{publication.title}予以公开。</p></div>'
        f'<p class="insertfileTag">附件：{file}</p>'
    )
    head = f'<meta name="PubDate" content="{publication.published_on} 10:00:00">'
    return page(publication.title, content, head=head)
