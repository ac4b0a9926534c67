"""Where the releases and the site can be opened from the page of a flow run."""

import os
from pathlib import Path

from flows.prefect_settings import OWN_PAGE
from publish.store.roots import Root, is_remote

PAGE = "index.html"


def releases_link(root: Root) -> str:
    """The page of the releases: as our own server shows it, on whatever port; of a store, its address; else the file.

    A browser opens no file from a page of the web, so that the last is for a server that is somebody else's alone.
    """
    return _link(root, "releases")


def site_link(root: Root) -> str:
    """The first page of a root's site, likewise."""
    return _link(root, "site")


def _link(root: Root, folder: str) -> str:
    if is_remote(root):
        return f"{root}/{folder}/{PAGE}"
    if os.environ.get(OWN_PAGE):
        return f"/{folder}/{PAGE}"
    return (Path(root) / folder / PAGE).resolve().as_uri()
