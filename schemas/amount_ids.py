"""What an amount is called from release to release: sixteen digits of where it stands, whatever is read there."""

import json
from collections.abc import Iterable
from hashlib import sha256

from schemas.changing import changed
from schemas.records import LineItem

DIGITS = 16
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def amount_id(item: LineItem) -> str:
    """The first 16 hex digits of a SHA-256 of the item's key; of two items of one key it is the same.

    What is hashed is the key of `line_items` as a JSON array in UTF-8, without spaces, in the order of the dataset:
    `["3f…","某某局","three_public",null,null,2,"budget",null]`. How much it is and how far proven has no part in it.
    """
    key = (
        item.document_id,
        item.department,
        item.form,
        item.side,
        item.organisation,
        item.line,
        item.measure,
        item.fund,
    )
    return sha256(_COMPACT.encode(key).encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def with_amount_ids(items: Iterable[LineItem]) -> tuple[LineItem, ...]:
    """The items, each with its `amount_id`; their keys must be final."""
    return tuple(changed(item, amount_id=amount_id(item)) for item in items)
