"""Typeset the committed sample papers anew: `python -m samples.papers [DIR]`."""

import argparse
from pathlib import Path

from samples.papers import FOLDER, write_papers


def main() -> None:
    """Write the papers into the folder that is named on the command line, or over the committed ones."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=FOLDER, metavar="DIR")
    for path in write_papers(arguments.parse_args().folder):
        print(path)


if __name__ == "__main__":
    main()
