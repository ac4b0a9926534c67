"""Documents without pages: while they are read they have parts in a row; in the dataset all of it is on page 1."""

from dataclasses import replace

from schemas.records import Reading


def on_page_one(reading: Reading) -> Reading:
    """The reading with everything on page 1."""
    tables = tuple(
        replace(
            table,
            pages=(1,),
            cells=tuple(replace(cell, page=1) for cell in table.cells),
            heading=tuple(replace(line, page=1) for line in table.heading),
            below=tuple(replace(line, page=1) for line in table.below),
        )
        for table in reading.tables
    )
    return replace(
        reading,
        document=replace(reading.document, page_count=1),
        tables=tables,
        line_items=tuple(replace(item, page=1) for item in reading.line_items),
        findings=tuple(replace(each, page=1) if each.page else each for each in reading.findings),
        narrative_facts=tuple(replace(fact, page=1) for fact in reading.narrative_facts),
        table_amounts=tuple(replace(amount, page=1) for amount in reading.table_amounts),
        disclosure=tuple(replace(item, page=1) if item.page else item for item in reading.disclosure),
    )
