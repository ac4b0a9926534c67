"""The work of `gongkai show`: one document → its forms on the terminal, and its overlay pictures on request."""

from pathlib import Path

from cli.console import console
from cli.printing.reading import forms_in, print_reading
from cli.printing.reasons import explained
from reading import work
from reading.pictures import draw_all
from reading.running.outcomes import Outcome
from reading.running.processes import DocumentProcesses
from reading.running.runner import read
from reading.sources import Source
from schemas.dataset import dataset
from schemas.errors import WrongUseError


def show_source(
    source: Source, form: str | None, pictures: Path | None, scratch: Path, processes: DocumentProcesses
) -> bool:
    """Read a document and print it; whether it could be read, has the form that was asked for, and was drawn.

    `pictures` is the folder for `pages/<file's stem>/000001_cells.png` …, or None. Raises `WrongUseError` where there
    is no such form.
    """
    known = dataset().terms("form")
    if form is not None and form not in known:
        raise WrongUseError(f"没有这种报表 / no such form: {form}\n报表有 / the forms are:\n  " + "\n  ".join(known))
    outcome = read(source, scratch, processes)
    _print(outcome, form, scratch)
    if outcome.status == "failed":
        return False
    drawn = pictures is None or _draw(source, scratch, pictures, processes)
    return drawn and (form is None or form in outcome.forms)


def _print(outcome: Outcome, form: str | None, scratch: Path) -> None:
    out = console()
    for line in explained(outcome.reason) if outcome.reason else []:
        out.print(line, style="yellow", markup=False, soft_wrap=True)
    reading = work.kept(outcome.document_id, scratch)
    if form is not None and form not in outcome.forms:
        has = "、".join(forms_in(reading)) or "–"
        out.print(f"文件里没有认出 {form} / not recognised here; 认出的有 / recognised: {has}", soft_wrap=True)
    print_reading(reading, form, out)


def _draw(source: Source, scratch: Path, pictures: Path, processes: DocumentProcesses) -> bool:
    out, target = console(), pictures / "pages"
    for _, error in draw_all([source], scratch, target, processes):
        if error:
            out.print(f"没有画成 / not drawn: {error}", markup=False, soft_wrap=True)
            return False
    out.print(f"识别图 / pictures: {target / Path(source.name).stem}", markup=False, soft_wrap=True)
    return True
