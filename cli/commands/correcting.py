# ruff: noqa: PLC0415  a command imports what it needs: `gongkai --help` waits for no ledger
"""Putting a single amount right by hand, with what proves it."""

from typing import Annotated, Any

import typer

from cli.application import app, reported
from cli.nights import night_settings, refuse_missing_ledger
from cli.options import ROOT, CorrectionsAt, Debug, LedgerUrl, Root
from schemas.errors import WrongUseError


@app.command()
@reported
def correct(
    document: Annotated[str, typer.Argument(help="文件编号或其开头 / a document's id, or how it begins")],
    *,
    page: Annotated[int, typer.Option("--page", min=1, help="第几页 / page")],
    form: Annotated[str, typer.Option("--form", help="报表 / form")],
    measure: Annotated[str, typer.Option("--measure", help="栏目 / measure")],
    right: Annotated[str, typer.Option("--right", help="正确的数，照报表的写法 / what is true, as the form writes it")],
    reason: Annotated[str, typer.Option("--reason", help="misreading 读错，或 misprint 印错 / which of the two")],
    says: Annotated[str, typer.Option("--says", help="凭什么 / what proves it")],
    code: Annotated[str | None, typer.Option("--code", help="科目编码 / code of the row")] = None,
    name: Annotated[str | None, typer.Option("--name", help="行的名称 / name of the row")] = None,
    side: Annotated[str | None, typer.Option("--side", help="表的哪一半 / half of the form")] = None,
    line: Annotated[int | None, typer.Option("--line", min=1, help="行次 / line")] = None,
    url: Annotated[str | None, typer.Option("--url", help="证据的网址 / where the evidence is")] = None,
    root: Root = ROOT,
    ledger: LedgerUrl = None,
    corrections: CorrectionsAt = None,
    debug: Debug = False,
) -> bool:
    """写下一处更正，读出的数自动填入。Write a correction; what was read there is filled in.

    然后 gongkai rerun --document 使其生效 then `gongkai rerun --document` brings it in.
    """
    from pydantic import ValidationError

    from cli.console import console
    from flows.night.correcting import expected_text, item_at, write_correction
    from ledger import Ledger
    from ledger.selection import whole_id
    from reading import work
    from schemas.corrections import Correction

    locations = night_settings(root, None, ledger, None, corrections=corrections).locations
    refuse_missing_ledger(locations.ledger)
    with Ledger.open(locations.ledger) as opened:
        identity = whole_id(opened, document)
    reading = work.kept(identity, locations.work)
    place: dict[str, Any] = {"page": page, "form": form, "side": side, "code": code, "name": name, "measure": measure}
    place |= {"line": line}
    item = item_at(reading, _checked_place(place))
    said = {
        "place": place,
        "unit": item.unit,
        "expect": expected_text(reading, item),
        "printed": item.printed if reason == "misprint" else right,
        "right": right,
        "reason": reason,
        "evidence": {"says": says, "url": url},
    }
    try:
        correction = Correction.model_validate(said)
    except ValidationError as error:
        raise WrongUseError(f"这处更正不成立 / this is no correction: {error.errors()[0]['msg']}") from error
    file = write_correction(reading, correction, item, locations.corrections)
    console().print(f"{correction.place}: {item.printed} -> {right} {item.unit}\n{file}", soft_wrap=True, markup=False)
    console().print(f"生效 / to bring it in: gongkai rerun --document {identity[:12]}", soft_wrap=True, markup=False)
    return True


def _checked_place(place: dict[str, Any]) -> Any:
    from pydantic import ValidationError

    from schemas.corrections import CellPlace

    try:
        return CellPlace.model_validate(place)
    except ValidationError as error:
        raise WrongUseError(f"没有这样的位置 / no such place: {error.errors()[0]['msg']}") from error
