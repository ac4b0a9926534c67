"""A capture's record as JSON: the same capture gives the same bytes, so that writing it again changes nothing."""

from functools import cache

from pydantic import TypeAdapter, ValidationError

from crawlers.archive.errors import CaptureDamagedError
from schemas.captures import Capture


@cache
def _adapter() -> TypeAdapter[Capture]:
    return TypeAdapter(Capture)


def to_json(capture: Capture) -> bytes:
    """UTF-8, two spaces of indent, in the order of the fields."""
    return _adapter().dump_json(capture, indent=2) + b"\n"


def from_json(data: bytes, key: str) -> Capture:
    """Raises `CaptureDamagedError`, which tells the `key` that the record was found at."""
    try:
        return _adapter().validate_json(data)
    except ValidationError as error:
        raise CaptureDamagedError(f"{key}: {error.errors()[0]['msg']}") from error
