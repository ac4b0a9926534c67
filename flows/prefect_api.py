"""Questions to our own Prefect server, from a process that has not imported Prefect."""

import base64
import json
import os
import urllib.request
from typing import Any

SECONDS = 20.0


def asked(url: str, body: Any) -> Any:
    """The answer in JSON to a POST of `body`. Raises `OSError` where the server does not give one."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    if word := os.environ.get("PREFECT_API_AUTH_STRING"):
        request.add_header("Authorization", f"Basic {base64.b64encode(word.encode()).decode()}")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=SECONDS) as answer:
        return json.load(answer)
