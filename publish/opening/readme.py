"""`README.md` of a release: what is in it, what a status means, and how to add up without counting twice."""

from pathlib import Path

from publish.description.citation import about, citation_line
from publish.opening.database import DATABASE
from publish.opening.workbook import WORKBOOK
from schemas.dataset import dataset

README = "README.md"
QUESTIONS = (
    (
        "各部门一年花了多少 / what each department spent",
        """SELECT department, fiscal_year, kind, spending, share_proven
FROM departments
WHERE spending IS NOT NULL
ORDER BY spending DESC
LIMIT 10;""",
    ),
    (
        "按功能分类的支出，只加末级，不重复 / spending by function, leaves alone, nothing counted twice",
        """SELECT department, fiscal_year, kind, left(code, 3) AS class, sum(amount) AS yuan,
       bool_and(status = 'proven') AS proven
FROM leaf_amounts
WHERE form = 'expenditure_by_function' AND measure = 'total' AND code IS NOT NULL
GROUP BY ALL
ORDER BY department, fiscal_year, kind, yuan DESC
LIMIT 10;""",
    ),
    (
        "存疑的金额，连同页码 / amounts in doubt, with their pages",
        """SELECT paper_department, fiscal_year, form, name, measure, printed, unit, status, status_reason, page
FROM doubtful_amounts
ORDER BY amount DESC
LIMIT 10;""",
    ),
    (
        "一个金额参与了哪些检查 / which checks an amount takes part in",
        """SELECT check_id, subject, verdict
FROM check_amounts
WHERE amount_id = (SELECT min(amount_id) FROM line_items WHERE status = 'proven')
ORDER BY check_id
LIMIT 10;""",
    ),
)
"""Questions with the SQL that answers them; the tests run each."""


def write_readme(building: Path, previous: Path | None = None) -> None:
    """Write the page for the release in `building`; `previous` has no say."""
    file = building / README
    file.unlink(missing_ok=True)
    file.write_text(readme(building.name), encoding="utf-8", newline="\n")


def readme(version: str) -> str:
    """The page of a version."""
    known = dataset()
    statuses = "\n".join(
        f"| `{name}` | {each.zh} | {each.en} |" for name, each in known.vocabularies["amount_status"].values.items()
    )
    tables = "\n".join(
        f"| `{table.name}` | {table.zh} | {table.en} |"
        for table in known.all_tables.values()
        if not table.name.startswith("wide_")
    )
    questions = "\n\n".join(f"{title}\n\n```sql\n{sql}\n```" for title, sql in QUESTIONS)
    return f"""# {about().title.zh} {version}

{known.zh}。
{known.en}.

## 打开 / Open it

- `{WORKBOOK}`：Excel、WPS 直接打开，每个部门一年一行，各张报表的宽表。 In a spreadsheet.
- `{DATABASE}`：在本文件夹里运行 `duckdb -readonly {DATABASE}`；各表有中英文两个名字，列有注释。
  In DuckDB, from this folder.
- `parquet/`、`csv/`：同样的表；CSV 为 UTF-8，Excel 可直接打开。 The same tables as files.
- `lookups/`：代码和名称对照。 What names and codes mean.

## 先看状态 / Look at `status` first

| status | 含义 | meaning |
|---|---|---|
{statuses}

`status_reason` 说明为何不是已证。 `status_reason` says why an amount is not proven.

## 不要重复加总 / Do not count twice

一份文件把同样的钱在几张表里各印一遍，一张表里又有几层合计。要加总，先选定**一张表、一边、一个金额栏**，再只取末级
（`is_leaf`）和部门自己的行（`organisation IS NULL`）；`leaf_amounts` 已经如此。有预算也有决算时，选定 `kind`。
A paper prints the same money in several forms, and each form has totals over totals. Choose **one form, one half, one
measure**, then take leaves (`is_leaf`) and the department's own rows (`organisation IS NULL`) alone: `leaf_amounts` has
those. Where there are budgets and final accounts, choose a `kind`.

## 问题 / Questions

{questions}

## 表 / Tables

| table | 含义 | meaning |
|---|---|---|
{tables}
| `wide_…` | 每张报表一个宽表 | a wide table for each form |

每一列的含义见 `data-dictionary.md`，勾稽关系见 `lookups/checks.csv`。
Each column is in `data-dictionary.md`, each check in `lookups/checks.csv`.

## 引用 / Citation

{citation_line(version)}

{about().licence.id}: {about().licence.zh}。{about().licence.en}.

`amount_id` 指明一个金额，各版本不变 / names an amount for good.
"""
