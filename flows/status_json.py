"""The status for other programs: one JSON object, times in UTC, what is not known is null."""

from pydantic import TypeAdapter

from flows.ledger import History
from flows.status import Status


def json_text(told: Status | History) -> str:
    """The fields of the record, with those of the ledger's records in them."""
    return TypeAdapter(type(told)).dump_json(told, indent=2).decode()
