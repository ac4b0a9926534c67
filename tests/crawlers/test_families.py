import pytest
from made_pages import TRAPS, article, items, page, portal

from crawlers.evaluating import Hints, Onward, discover, evaluate
from crawlers.families import FAMILIES, is_detail

TRS = "https://www.example.gov.cn/zwgk/bmjs/index.html"
VSB = "https://www.example.edu.cn/xxgk/czyjs.htm"
JCMS = "https://www.example.gov.cn/col/col1234/index.html"
UCAP = "http://www.example.gov.cn/c16360/index.html"


def addresses(found: tuple[Onward, ...]) -> list[str]:
    return [one.address for one in found]


def test_trs_list_gives_its_articles_its_further_pages_and_nothing_else() -> None:
    rows = [
        ("./202409/t20240920_123456.html", "某区教育局2023年度部门决算", "2024-09-20"),
        ("./202409/t20240921_123457.html", "2023年度某区民政局部门决算公开", "2024-09-21"),
        *TRAPS,
    ]
    body = items(rows) + '<script>createPageHTML(4, 0, "index", "html");</script>'
    found = evaluate(TRS, page("部门决算_某区人民政府", body), {}, portal("trs", TRS))
    assert found.page_kind == "list"
    assert found.papers == ()
    assert [(one.address, str(one.published_on), one.hints) for one in found.details] == [
        (
            "https://www.example.gov.cn/zwgk/bmjs/202409/t20240920_123456.html",
            "2024-09-20",
            Hints("final_accounts", 2023, "某区教育局"),
        ),
        (
            "https://www.example.gov.cn/zwgk/bmjs/202409/t20240921_123457.html",
            "2024-09-21",
            Hints("final_accounts", 2023, "某区民政局"),
        ),
    ]
    assert addresses(found.lists) == [f"https://www.example.gov.cn/zwgk/bmjs/index_{n}.html" for n in (1, 2, 3)]


def test_trs_article_gives_its_files_with_day_and_department() -> None:
    body = """<div class="TRS_Editor"><p>某区教育局2023年度部门决算如下。</p></div>
      <p>附件：<a href="./P020240920363636.pdf">某区教育局2023年度部门决算公开.pdf</a></p>
      <p><a href="./W020240920363637.xls" title="公开表.xls">附件2</a></p>
      <p><a href="./P020240920363638.docx">某区教育局2023年度部门决算项目支出绩效自评报告.docx</a></p>
      <p><img src="./W020240920363639.jpg"></p>"""
    url = "https://www.example.gov.cn/zwgk/bmjs/202409/t20240920_123456.html"
    found = evaluate(url, article("某区教育局2023年度部门决算", body), {}, portal("trs", TRS))
    assert found.page_kind == "detail"
    assert [(paper.title, paper.role) for paper in found.papers] == [
        ("某区教育局2023年度部门决算公开", "paper"),
        ("某区教育局2023年度部门决算", "paper"),
        ("某区教育局2023年度部门决算项目支出绩效自评报告", "annex"),
    ]
    assert {(paper.kind, paper.fiscal_year, paper.department, str(paper.published_on)) for paper in found.papers} == {
        ("final_accounts", 2023, "某区教育局", "2024-09-20")
    }
    assert {one.paper.link_text: one.reason for one in found.passed_over} == {
        "网站使用手册": "navigation",
        "2023年度网站工作年度报表": "other_disclosure",
    }


@pytest.mark.parametrize(
    ("script", "pages"),
    [
        ('createPageHTML(3, 0, "index", "html")', ["index_1.html", "index_2.html"]),
        ("createPageHTML('page_div',3, 1,'index','html',45)", ["index_2.html", "index_3.html"]),
        ('createPageHTML(3, 0, "index", "shtml", "black2", 500)', ["index_1.shtml", "index_2.shtml"]),
        ('createPageHTML(1, 0, "index", "html")', []),
    ],
)
def test_pages_that_a_script_writes(script: str, pages: list[str]) -> None:
    found = evaluate(TRS, page("部门决算", f"<script>{script};</script>"), {}, portal("trs", TRS))
    assert addresses(found.lists) == [f"https://www.example.gov.cn/zwgk/bmjs/{name}" for name in pages]


def test_vsb_list_counts_down() -> None:
    rows = items(
        [
            ("../info/1014/1222.htm", "某大学2023年度决算公开", "2024-08-16"),
            ("../info/1014/1221.htm", "财务管理办法", "2024-01-01"),
        ]
    )
    pager = '<a href="czyjs/4.htm">下页</a><a href="czyjs/1.htm">尾页</a>'
    known = portal("vsb", VSB, department="某大学")
    found = evaluate(VSB, page("预决算公开-信息公开", rows + pager), {}, known)
    assert addresses(found.details) == ["https://www.example.edu.cn/info/1014/1222.htm"]
    assert addresses(found.lists) == [f"https://www.example.edu.cn/xxgk/czyjs/{n}.htm" for n in (4, 3, 2, 1)]
    later = evaluate(
        "https://www.example.edu.cn/xxgk/czyjs/4.htm",
        page("预决算公开", '<a href="../czyjs.htm">首页</a><a href="3.htm">下页</a>'),
        {},
        known,
    )
    assert addresses(later.lists)[:3] == [f"https://www.example.edu.cn/xxgk/czyjs/{n}.htm" for n in (3, 2, 1)]


def test_vsb_article_gives_downloads_without_a_suffix_and_shown_files_once() -> None:
    body = """<div id="vsb_content"><div class="v_news_content">
      <script>showVsbpdfIframe("/__local/A/B/C/XXXX.pdf","100%","600")</script></div></div>
      <div class="msg">发布时间：2024-08-16 09:44</div>
      附件【<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=77"
      >某大学2023年度决算公开.pdf</a>】已下载3次"""
    found = evaluate(
        "https://x.edu.cn/info/1118/4297.htm", page("某大学2023年度决算公开-信息公开", body), {}, portal("vsb", VSB)
    )
    assert [(one.url, one.title, one.kind, one.fiscal_year, one.department) for one in found.papers] == [
        (
            "https://x.edu.cn/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=77",
            "某大学2023年度决算公开",
            "final_accounts",
            2023,
            "某大学",
        ),
        ("https://x.edu.cn/__local/A/B/C/XXXX.pdf", "某大学2023年度决算公开", "final_accounts", 2023, "某大学"),
    ]
    assert {str(one.published_on) for one in found.papers} == {"2024-08-16"}


JCMS_RECORDS = """<script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=7&columnid=1234&unitid=99"></a>]]></nextgroup>
<recordset>
<record><![CDATA[<li><a href="/art/2024/9/20/art_1234_567.html" title="某县水利局2023年度部门决算">某县水利局2023…</a>
<span>2024-09-20</span></li>]]></record>
<record><![CDATA[<li><a href="/art/2024/9/19/art_1234_566.html">某县2023年财政总决算报告</a>
<span>2024-09-19</span></li>]]></record>
</recordset></datastore></script>"""
JCMS_SCRIPT = """<script>$("#99").jpage({totalRecord:107, perPage:15, proxyUrl:'/module/web/jpage/dataproxy.jsp',
 ajaxParam:{type:'post', data:{col:1,appid:1,webid:7,path:'/',columnid:1234,sourceContentType:1,unitid:'99',
 webname:'某县人民政府',permissiontype:0}}});</script>"""


def test_jcms_column_gives_embedded_records_and_the_data_requests_for_all() -> None:
    found = evaluate(
        JCMS, page("部门决算", f"<div id='99'>{JCMS_RECORDS}</div>{JCMS_SCRIPT}"), {}, portal("jcms", JCMS)
    )
    assert [(one.address, one.title, str(one.published_on)) for one in found.details] == [
        ("https://www.example.gov.cn/art/2024/9/20/art_1234_567.html", "某县水利局2023年度部门决算", "2024-09-20")
    ]
    proxy = "https://www.example.gov.cn/module/web/jpage/dataproxy.jsp"
    assert addresses(found.lists) == [
        f"{proxy}?startrecord=1&endrecord=45&perpage=15",
        f"{proxy}?startrecord=46&endrecord=90&perpage=15",
        f"{proxy}?startrecord=91&endrecord=107&perpage=15",
    ]
    assert dict(found.lists[0].form) == {
        "col": "1", "appid": "1", "webid": "7", "path": "/", "columnid": "1234",
        "sourceContentType": "1", "unitid": "99", "webname": "某县人民政府", "permissiontype": "0",
    }  # fmt: skip


def test_jcms_answer_is_read_and_asks_for_what_only_it_counts() -> None:
    answer = (
        f"<datastore><totalrecord>80</totalrecord><recordset>{JCMS_RECORDS.partition('<recordset>')[2]}".removesuffix(
            "</script>"
        )
    )
    origin = Onward(
        "https://www.example.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15",
        title="部门决算",
        hints=Hints("final_accounts"),
        form=(("columnid", "1234"),),
    )
    found = evaluate(
        origin.address, answer.encode(), {"content-type": "text/xml;charset=utf-8"}, portal("jcms", JCMS), origin
    )
    assert [one.title for one in found.details] == ["某县水利局2023年度部门决算"]
    assert [(one.address.partition("?")[2], one.form, one.hints) for one in found.lists] == [
        ("startrecord=46&endrecord=80&perpage=15", origin.form, origin.hints)
    ]


def test_jcms_download_script_takes_its_name_from_the_query() -> None:
    address = "/module/download/downfile.jsp?classid=0&showname=x&filename=2409201011.pdf"
    body = f'<a href="{address}">某县水利局2023年度部门决算</a>'
    found = evaluate(
        "https://e.gov.cn/art/2024/9/20/art_1_2.html",
        page("某县水利局2023年度部门决算", body),
        {},
        portal("jcms", JCMS),
    )
    assert [(one.title, str(one.published_on)) for one in found.papers] == [
        ("某县水利局2023年度部门决算", "2024-09-20")
    ]


def test_ucap_list_and_article() -> None:
    rows = items(
        [
            ("/c16360/20240920/i2345.html", "天元区总工会2023年度部门决算", "2024-09-20"),
            ("/c16360/20240920/i2346.html", "工会动态", "2024-09-20"),
        ]
    )
    found = evaluate(
        UCAP,
        page("部门决算", rows + "<script>createPageHTML('page_div',2, 1,'index','html',30);</script>"),
        {},
        portal("ucap", UCAP),
    )
    assert addresses(found.details) == ["http://www.example.gov.cn/c16360/20240920/i2345.html"]
    assert addresses(found.lists) == ["http://www.example.gov.cn/c16360/index_2.html"]
    body = '<p><a href="/upload/files/2024/9/某表.zip">附件下载</a></p>'
    inside = evaluate(
        "http://www.example.gov.cn/c16360/20240920/i2345.html",
        page("天元区总工会2023年度部门决算", body),
        {},
        portal("ucap", UCAP),
    )
    assert [(one.title, one.fiscal_year, str(one.published_on)) for one in inside.papers] == [
        ("天元区总工会2023年度部门决算", 2023, "2024-09-20")
    ]


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.gov.cn/b/202409/t20240920_123456.html", ("trs", "2024-09-20")),
        ("https://a.gov.cn/b/202409/P020240920363636.pdf", ("trs", "2024-09-20")),
        ("https://a.gov.cn/art/2024/9/2/art_1_2.html", ("jcms", "2024-09-02")),
        ("https://a.gov.cn/c16360/20240920/content_ab12.html", ("ucap", "2024-09-20")),
        ("https://a.gov.cn/c16360/202409/20/i2.shtml", ("ucap", "2024-09-20")),
        ("https://a.gov.cn/info/1014/1222.htm", ("vsb", None)),
    ],
)
def test_days_in_addresses(address: str, day: tuple[str, str | None]) -> None:
    told = FAMILIES[day[0]].published_on(address)  # type: ignore[index]
    assert (str(told) if told else None) == day[1]


@pytest.mark.parametrize(
    "address", [TRS, VSB, JCMS, UCAP, "https://a.gov.cn/list/12.htm", "https://a.gov.cn/index_3.html"]
)
def test_lists_are_no_articles(address: str) -> None:
    assert not is_detail(address)


@pytest.mark.parametrize(
    ("url", "html", "family"),
    [
        (TRS, items([("./202409/t20240920_1.html", "a", ""), ("./202409/t20240921_2.html", "b", "")]), "trs"),
        (VSB, '<div id="vsb_content"></div><a href="../info/1/2.htm">a</a><link href="/_sitegray/x.css">', "vsb"),
        (JCMS, JCMS_SCRIPT, "jcms"),
        (UCAP, items([("/c16360/20240920/i2345.html", "a", "")]), "ucap"),
        ("https://a.gov.cn/", '<a href="/x.html">部门预决算公开</a>', "generic"),
    ],
)
def test_discover_tells_the_family(url: str, html: str, family: str) -> None:
    assert discover(url, page("某区", html), {}).family == family


def test_discover_finds_the_lists_of_a_home_page() -> None:
    html = """<div class="menu"><a href="/zfys/">政府预决算</a>
      <a href="/bmys/">部门预算</a><a href="/bmjs/">部门决算</a>
      <a href="/jxgl/">预算绩效</a><a href="/cg/">政府采购</a></div>"""
    found = discover("https://czj.example.gov.cn/", page("某市财政局", html), {}).found
    assert addresses(found.lists) == ["https://czj.example.gov.cn/bmys/", "https://czj.example.gov.cn/bmjs/"]
    assert [one.hints.kind for one in found.lists] == ["budget", "final_accounts"]
