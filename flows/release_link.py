"""Where the releases can be opened from the page of a flow run."""

import os
from pathlib import Path

from flows.prefect_settings import OWN_PAGE, RELEASES_PATH
from publish.store.roots import Root, is_remote

PAGE = "index.html"


def releases_link(root: Root) -> str:
    """The page of the releases: as our own server shows it, on whatever port; of a store, its address; else the file.

    A browser opens no file from a page of the web, so that the last is for a server that is somebody else's alone.
    """
    if is_remote(root):
        return f"{root}/releases/{PAGE}"
    if os.environ.get(OWN_PAGE):
        return f"{RELEASES_PATH}/{PAGE}"
    return (Path(root) / "releases" / PAGE).resolve().as_uri()
