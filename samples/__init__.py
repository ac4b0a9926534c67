"""The project's own example papers: budgets and final accounts typeset as PDFs, each with its known truth.

`papers/` holds the committed ones, which `make run` reads; `python -m samples.papers` typesets them anew. Tests call

    paper = samples.examples.example_paper(family="shanghai", kind="budget", seed=7)
    truth = samples.typeset.typeset(paper, samples.layout.LAYOUTS["pieces"], path)

`at_random/` draws whole papers in layouts that nobody listed, and `comparing` holds a reading against its truth:

    paper, layout = samples.at_random.random_paper(seed=7, chosen=samples.at_random.drawn(7))

The way from figures to a page, one idea a module:

    vocabulary, figures ─▶ accounts ─▶ forms/ ─▶ paper ─▶ typesetting/ (with a layout) ─▶ PDF
                                                    └────▶ truth

`accounts` holds figures whose identities are exact, `forms` lays them out as a publisher's printed tables, `paper`
describes those as data, `layout` says how they are drawn, `typesetting` draws them, `truth` says what was printed
and on which page. Nothing here imports the rooms that read papers, so that a reader's mistake cannot become its own
truth.
"""
