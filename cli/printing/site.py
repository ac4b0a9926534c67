"""What making a site did, and its address."""

from pathlib import Path

from rich.console import Console

from cli.printing.reasons import explained
from website.building import Built


def print_site(built: Built, out: Console) -> None:
    """How many papers, what could not be drawn, and the address that a browser opens."""
    removed = f"，移除 {built.removed} 份 / {built.removed} removed" if built.removed else ""
    out.print(
        f"{built.papers:,} 份文件，{built.made:,} 份有变动 / papers, {built.made:,} made anew{removed}",
        soft_wrap=True,
    )
    for identity, why in built.undrawn.items():
        for line in explained(why):
            out.print(f"! {identity[:16]}：没有画成 / not drawn：{line}", style="yellow", markup=False, soft_wrap=True)
    print_address(built.index, out)


def print_address(index: Path, out: Console) -> None:
    """What a browser opens."""
    out.print(f"网站 / the site: {index.resolve().as_uri()}", markup=False, soft_wrap=True)
