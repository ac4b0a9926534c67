"""From a document to line items: pages, tables, forms, items, each knowing only what comes before it."""
