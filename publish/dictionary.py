"""`python -m publish.dictionary` writes both pages of the data dictionary into `docs/`."""

from publish.description.dictionary import DOCS, write_dictionary

if __name__ == "__main__":
    write_dictionary(DOCS)
