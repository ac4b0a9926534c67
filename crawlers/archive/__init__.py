"""The archive of everything that was fetched: content-addressed, immutable, in a folder or an S3 store."""

from crawlers.archive.archive import Archive, Stored
from crawlers.archive.errors import ArchiveError

__all__ = ["Archive", "ArchiveError", "Stored"]
