import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pages import article, items, page, portal

from crawlers.evaluating import FAILED_KINDS, Found, Hints, Onward, evaluate
from schemas.portals import Entry

LIST = "https://czj.example.gov.cn/bmyjs/index.html"
ARTICLE = "https://czj.example.gov.cn/bmyjs/202403/t20240301_1.html"
KNOWN = portal("generic", LIST)


def titles(found: Found) -> list[str]:
    return [paper.title for paper in found.papers]


def reasons(found: Found) -> dict[str, str]:
    own = [one for one in found.passed_over if "/files/" not in one.paper.url]
    return {one.paper.link_text: one.reason for one in own}


def test_a_table_of_departments_by_kinds_takes_department_and_kind_from_row_and_column() -> None:
    body = """<h3>2024年部门预决算公开</h3><table>
      <tr><th>序号</th><th>部门</th><th>2024年预算</th><th>2023年决算</th></tr>
      <tr><td>1</td><td>市教育局</td><td><a href="a.pdf">查看</a></td><td><a href="b.pdf">查看</a></td></tr>
      <tr><td>2</td><td>市民政局</td><td><a href="c.html">查看</a></td><td>未公开</td></tr></table>
      <p><a href="all.doc">2024年全市一般公共预算收支表.doc</a></p>"""
    found = evaluate(LIST, page("财政预决算公开", body), {}, KNOWN)
    assert [(one.title, one.kind, one.fiscal_year, one.department) for one in found.papers] == [
        ("市教育局", "budget", 2024, "市教育局"),
        ("市教育局", "final_accounts", 2023, "市教育局"),
    ]
    assert [(one.address[-6:], one.hints) for one in found.details] == [("c.html", Hints("budget", 2024, "市民政局"))]
    assert reasons(found) == {"2024年全市一般公共预算收支表.doc": "government_level"}


def test_bare_names_under_headings_take_kind_and_year_from_them() -> None:
    body = """<h4>2024年部门预算</h4><ul><li><a href="1.pdf">市教育局</a></li></ul>
      <h4>2023年部门决算</h4><ul><li><a href="2.pdf">市教育局</a></li></ul>
      <h4>政府预算</h4><ul><li><a href="3.pdf">市财政局</a></li></ul>"""
    found = evaluate(LIST, page("财政信息_某市", body), {}, KNOWN)
    assert [(one.url[-5:], one.kind, one.fiscal_year) for one in found.papers] == [
        ("1.pdf", "budget", 2024),
        ("2.pdf", "final_accounts", 2023),
    ]
    assert reasons(found) == {"市财政局": "government_level"}


def test_an_article_gives_unnamed_files_its_own_title() -> None:
    body = """<p>附件：<a href="a.pdf">附件1.pdf</a> <a href="b.xls">2024年部门预算公开表</a>
      <a href="c.xlsx">一般公共预算支出表.xlsx</a> <a href="d.rar">政府采购预算表</a>
      <a href="e.pdf">2024年部门整体绩效目标表</a></p>"""
    found = evaluate(ARTICLE, article("某市卫生健康委员会2024年部门预算公开", body, published="2024-03-01"), {}, KNOWN)
    assert titles(found) == [
        "某市卫生健康委员会2024年部门预算公开",
        "2024年部门预算公开表",
        "一般公共预算支出表",
        "政府采购预算表",
        "2024年部门整体绩效目标表",
    ]
    assert [one.role for one in found.papers] == ["paper"] * 4 + ["annex"]
    assert {(one.kind, one.fiscal_year, one.department, str(one.published_on)) for one in found.papers} == {
        ("budget", 2024, "某市卫生健康委员会", "2024-03-01")
    }
    assert reasons(found) == {}


def test_other_pages_papers_are_not_this_ones() -> None:
    body = """<p><a href="a.pdf">某县水利局2024年部门预算.pdf</a></p>
      <div class="box"><div class="t"><span>相关阅读</span></div>
        <ul><li><a href="b.pdf">某县水利局2022年部门预算</a></li>
        <li><a href="c.html">某县水利局2021年部门预算</a></li></ul></div>
      <p>上一篇：<a href="d.html">某县林业局2024年部门预算</a></p>"""
    found = evaluate(ARTICLE, article("某县水利局2024年部门预算", body), {}, KNOWN)
    assert (titles(found), found.details) == (["某县水利局2024年部门预算"], ())
    assert reasons(found) == {"某县水利局2022年部门预算": "related"}


@pytest.mark.parametrize(
    ("title", "link", "reason"),
    [
        ("关于做好2024年部门预算公开工作的通知", "附件", "notice"),
        ("关于做好2024年部门预算公开工作的通知", "2024年部门预算公开模板.xls", "template"),
        ("2024年政府预算公开", "附件1", "government_level"),
        ("某县政府信息公开指南", "附件1", "regulation"),
        ("某县工作动态", "附件1", "notice"),
        ("某县人口普查公报", "附件1", "names_no_paper"),
    ],
)
def test_files_of_other_articles_are_passed_over_by_name_of_the_rule(title: str, link: str, reason: str) -> None:
    found = evaluate(ARTICLE, article(title, f'<a href="a.doc">{link}</a>'), {}, KNOWN)
    assert (found.papers, reasons(found)) == ((), {link: reason})


def test_what_a_page_leaves_open_comes_from_the_way_to_it() -> None:
    body = article("信息公开", '<a href="/down/1.pdf">附件下载</a>')
    bare = evaluate(ARTICLE, body, {}, KNOWN)
    assert (bare.papers, reasons(bare)) == ((), {"附件下载": "names_no_paper"})
    by_link = Onward(ARTICLE, title="某县水利局2023年度部门决算", hints=Hints("final_accounts", 2023, "某县水利局"))
    (paper,) = evaluate(ARTICLE, body, {}, KNOWN, by_link).papers
    assert (paper.kind, paper.fiscal_year, paper.department) == ("final_accounts", 2023, "某县水利局")


def test_an_entrys_defaults_stand_in_and_go_on_to_its_further_pages() -> None:
    entry = Entry(address=LIST, kind="budget", department="某大学")
    known = portal("generic", LIST, entries=(entry,))
    body = items([("1.pdf", "公开表", "2024-03-01")]) + '<a href="index_2.html">下一页</a>'
    found = evaluate(LIST, page("信息公开", body), {}, known)
    assert [(one.kind, one.department, str(one.published_on)) for one in found.papers] == [
        ("budget", "某大学", "2024-03-01")
    ]
    assert [(one.address, one.hints) for one in found.lists] == [
        ("https://czj.example.gov.cn/bmyjs/index_2.html", Hints("budget", None, "某大学"))
    ]


def test_addresses_of_every_kind_lead_to_files() -> None:
    body = """<a href="/pdfjs/web/viewer.html?file=/upload/x/%E6%9F%90.pdf">某县水利局2023年度部门决算</a>
      <a href="https://oss.example.cn/a/b.PDF">某县水利局2022年度部门决算</a>
      <a href="javascript:void(0)" onclick="window.open('/f/y.docx')">某县水利局2021年度部门决算</a>
      <a href="viewFile.do?id=8">某县水利局2020年度部门决算</a>
      <a href="/file/17.pdf?filename=x.pdf">某县水利局2019年度部门决算</a>
      <a href="/opt/get?id=3">某县水利局2018年度部门决算.zip</a>
      <iframe src="/f/某县水利局2017年度部门决算.pdf"></iframe>
      <a href="/f/icon.gif">某县水利局2016年度部门决算</a> <a href="mailto:a@b.cn">某县水利局2015年度部门决算.pdf</a>"""
    found = evaluate(LIST, page("部门决算", body, head='<base href="https://b.example.cn/z/">'), {}, KNOWN)
    assert [(one.fiscal_year, one.url) for one in found.papers] == [
        (2023, "https://b.example.cn/upload/x/某.pdf"),
        (2022, "https://oss.example.cn/a/b.PDF"),
        (2021, "https://b.example.cn/f/y.docx"),
        (2020, "https://b.example.cn/z/viewFile.do?id=8"),
        (2019, "https://b.example.cn/file/17.pdf?filename=x.pdf"),
        (2018, "https://b.example.cn/opt/get?id=3"),
        (2017, "https://b.example.cn/f/某县水利局2017年度部门决算.pdf"),
    ]


def test_only_hosts_that_the_portal_names_serve_its_papers() -> None:
    body = '<a href="a.pdf">某县水利局2024年部门预算</a><a href="https://evil.example.com/b.pdf">某县林业局2024年部门预算</a>'
    found = evaluate(LIST, page("部门预算", body), {}, portal("generic", LIST, attachment_hosts=("oss.example.cn",)))
    assert (titles(found), reasons(found)) == (["某县水利局2024年部门预算"], {"某县林业局2024年部门预算": "other_host"})


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "gb18030", "utf-8-sig"])
@pytest.mark.parametrize(
    "declared", ["", "text/html; charset=utf-8", "text/html; charset=gb2312", "text/html; charset=ISO-8859-1"]
)
def test_the_bytes_speak_before_what_is_declared(encoding: str, declared: str) -> None:
    body = page("部门预算", items([("1.pdf", "某县水利局2024年部门预算", "2024-03-01")]), encoding=encoding)
    if "utf-8" in declared and "utf" not in encoding:
        declared = ""
    found = evaluate(LIST, body, {"content-type": declared}, KNOWN)
    assert titles(found) == ["某县水利局2024年部门预算"]


@pytest.mark.parametrize(
    ("page_kind", "title", "body"),
    [
        ("block_page", "405", "<p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>"),
        ("block_page", "安全验证", "<p>请拖动滑块完成验证</p>"),
        ("block_page", "", '<script>$_ts=window["$_ts"];if(!$_ts)$_ts={};</script>'),
        ("block_page", "", '<meta content="x1" r="m"><script src="/4QbVtADb/c.dfe1.js" r="m"></script>'),
        (
            "block_page",
            "",
            "<script>document.cookie=('_')+('_')+('j')+('=1;');location.href=location.pathname</script>",
        ),
        ("block_page", "", '<script>go({"bts":["1","2"],"ha":"md5","tn":"__jsl_clearance_s","vt":"3600"})</script>'),
        ("block_page", "", "<script>var arg1='AB';function reload(x){document.cookie='acw_sc__v2='+x}</script>"),
        ("block_page", "", "<script>document['coo'+'kie']='t=1';setTimeout(function(){location.reload()},9)</script>"),
        ("block_page", "Access Denied", "<p>You don't have permission</p>"),
        ("login_page", "统一身份认证平台", '<form><input name="u"><input type="password"></form>'),
        ("login_page", "某大学", '<form>用户名<input name="u"> 密码 <input type="password"></form>'),
        ("error_page", "404", "<h1>404 Not Found</h1>"),
        ("error_page", "提示信息", "<p>您访问的页面不存在或已被删除</p>"),
    ],
)
def test_pages_that_are_not_what_they_pretend(page_kind: str, title: str, body: str) -> None:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
    found = evaluate(LIST, html, {}, KNOWN)
    assert (found.page_kind, found.papers, found.lists) == (page_kind, (), ())
    assert found.detail
    assert page_kind in FAILED_KINDS


def test_an_address_that_gives_a_file_gives_the_paper_that_its_link_named() -> None:
    known = Onward(ARTICLE, title="某县水利局2023年度部门决算", hints=Hints("final_accounts", 2023, "某县水利局"))
    (paper,) = evaluate(ARTICLE, b"%PDF-1.7\n%%EOF", {}, KNOWN, known).papers
    assert (paper.url, paper.page_url, paper.title) == (ARTICLE, ARTICLE, "某县水利局2023年度部门决算")
    assert (paper.kind, paper.fiscal_year, paper.department) == ("final_accounts", 2023, "某县水利局")


def test_the_governments_paper_keeps_its_division() -> None:
    body = '<p><a href="a.pdf">2024年一般公共预算表.pdf</a></p>'
    (paper,) = evaluate(
        ARTICLE, article("天元区2024年财政预算", body), {}, portal("generic", LIST, levels=("government",))
    ).papers
    assert (paper.department, paper.division) == (None, "天元区")


def test_a_page_cut_short_offers_nothing() -> None:
    whole = page("部门预算", items([("1.pdf", "某县水利局2024年部门预算", "2024-03-01")]))
    found = evaluate(LIST, whole[: len(whole) * 3 // 4], {}, KNOWN)
    assert (found.page_kind, found.papers, found.detail) == ("truncated", (), "no </html>")


def test_a_list_with_a_login_box_is_a_list() -> None:
    body = '<form>用户登录 验证码<input type="password"></form>' + items(
        [("1.pdf", "某县水利局2024年部门预算", "2024-03-01")]
    )
    assert evaluate(LIST, page("部门预算", body), {}, KNOWN).page_kind == "list"


@pytest.mark.parametrize(
    "body", [b"", b"%PDF-1.4\x00\xff", b"<html><body><div id='app'></div></body></html>", b"{}", b"[", b"null"]
)
def test_what_offers_nothing_is_empty(body: bytes) -> None:
    found = evaluate(LIST, body, {}, KNOWN)
    assert (found.page_kind, found.papers, found.details, found.lists) == ("empty", (), (), ())


def test_an_answer_in_json_is_a_list() -> None:
    row = {"title": "某县水利局2023年度部门决算", "url": "/a/t20240101_1.html", "pubDate": "2024-01-01"}
    body = json.dumps({"data": {"rows": [row], "html": '<a href="/b.pdf">某县林业局2023年度部门决算</a>'}})
    found = evaluate(LIST, body.encode(), {"content-type": "application/json"}, KNOWN)
    assert [(one.title, str(one.published_on)) for one in found.details] == [
        ("某县水利局2023年度部门决算", "2024-01-01")
    ]
    assert titles(found) == ["某县林业局2023年度部门决算"]


FRAGMENTS = st.sampled_from(
    ["<a href=x.pdf>某县水利局2024年部门预算</a>", "<table><tr><td colspan=x>", "</div>", "<li>", "相关阅读", "<a href='http://[::1'>x</a>",
     "<base href='//'>", "<record><![CDATA[", "</record>", "<datastore>", "createPageHTML(9999999,0,'index','html')",
     "'dataproxy.jsp?startrecord=1'", "totalRecord:99999999,perPage:0", "<meta name=PubDate content=2024-99-99>",
     "</html>",
     "<iframe src=/>", "\x00", "{", "[1"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(FRAGMENTS | st.text(max_size=8), max_size=12), st.sampled_from(["trs", "vsb", "jcms", "ucap", "generic"])
)
def test_whatever_a_server_sends_is_evaluated(parts: list[str], family: str) -> None:
    body = "".join(parts).encode("utf-8", "surrogatepass")
    found = evaluate(LIST, body, {}, portal(family, LIST))  # type: ignore[arg-type]
    assert len({paper.url for paper in found.papers}) == len(found.papers)
    assert len(found.lists) < 500
