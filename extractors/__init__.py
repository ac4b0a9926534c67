"""From a document to line items: pages, tables, forms, items, each knowing only what comes before it."""

from schemas.silence import keep_silent

keep_silent()  # before any module of this room imports onnxruntime
