"""What is said of a paper around a link: by its own words, by its row, by the headings it stands under."""

from crawlers.evaluating.context import Context
from crawlers.pages.links import Link
from crawlers.pages.titles import Said, Whose, organ, said


def with_context(own: Said, link: Link, context: Context) -> Said:
    """`own` words, and what they leave open from the row and, on a list, from its column's and its section's heading.

    An article's headings are those of its text and say nothing of its files.
    """
    headings = [] if context.is_article else [one for one in map(said, link.headings) if not one.excluded]
    named = [one for one in headings if one.names_paper]
    department = own.department or organ_beside(link)
    return Said(
        kind=own.kind or next((one.kind for one in headings if one.kind), None),
        fiscal_year=own.fiscal_year or next((one.fiscal_year for one in named if one.fiscal_year), None),
        department=department,
        whose=own.whose or _whose(own, department, headings),
        excluded=own.excluded,
        names_paper=own.names_paper,
        division=own.division,
    )


def organ_beside(link: Link) -> str | None:
    """The organisation that a link's row names, alone or as one of its cells."""
    parts = (organ(part) for part in link.row.split())
    return organ(link.row) or next((name for name in parts if name), None)


def _whose(own: Said, department: str | None, headings: list[Said]) -> Whose | None:
    by_heading = next((one.whose for one in headings if one.whose), None)
    if by_heading == "government":
        return "government"
    return "department" if department and (own.names_paper or by_heading) else None
