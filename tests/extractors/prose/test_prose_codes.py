import pytest

from extractors.prose.codes import code_of_name, code_of_path


@pytest.mark.parametrize(
    ("path", "outer", "year", "code"),
    [
        ("一般公共服务支出/群众团体事务/行政运行", None, 2023, "2012901"),
        ("一般公共服务", None, 2023, "201"),  # without its 支出
        ("法院/一般行政事务管理", "204", 2019, "2040502"),  # 管理 and 事务 exchanged
        ("行政事业单位离退休/机关事业单位职业年金", "208", 2019, "2080506"),  # cut short
        ("自然资源海洋气象等支出/自然资源事务/其他国土资源事务支出", None, 2024, "2200199"),  # the name before 2019
        ("住房保障支出/住房保障支出/住房公积金", None, 2024, "2210201"),  # 款 misquoted, 项 only under one
        ("行政事业单位离退休/未归口管理的行政单位离退休支出", "208", 2019, "2080504"),
        ("社会保障和就业支出/行政事业单位养老支出/机关事业单位退休人员活动费支出", None, 2024, None),  # no such 项
        ("卫生健康支出/卫生健康支出/计划生育事务", None, 2025, None),  # the name of a 款
        ("农林水支出/某某事务/行政运行", None, 2023, None),  # under many 款
    ],
)
def test_paths_lead_to_the_one_code_that_is_meant(path: str, outer: str | None, year: int, code: str | None) -> None:
    assert code_of_path("function", tuple(path.split("/")), outer, year) == code


def test_short_names_are_never_amended() -> None:
    assert code_of_path("function", ("教育支出", "普通教育", "高级教育"), None, 2023) is None
    assert code_of_path("function", ("教育支出", "普通教育", "高中教育"), None, 2023) == "2050204"


def test_a_kuan_of_the_economic_classification_stands_under_its_lei() -> None:
    assert code_of_path("economic", ("基本工资",), "301", 2017, from_top=False) == "30101"
    assert code_of_path("economic", ("办公费",), None, 2017, from_top=False) == "30201"


@pytest.mark.parametrize(
    ("name", "code"),
    [("教育支出", "205"), ("其他支出", "229"), ("住房改革支出", "22102"), ("行政运行", None), ("收入", None)],
)
def test_a_name_alone_is_a_lei_or_the_only_one_of_its_name(name: str, code: str | None) -> None:
    assert code_of_name("function", name, 2023) == code
