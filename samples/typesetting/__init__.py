"""From a paper and a layout to pages: amounts ─▶ grid ─▶ measures ─▶ parts of pages ─▶ marks ─▶ PDF."""
