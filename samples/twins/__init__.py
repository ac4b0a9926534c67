"""The same papers in other formats than PDF: workbooks, Word documents, web pages, archives.

A twin prints what its PDF prints, with real cells in the place of rules: a reader must give the same line items.
XLSX, DOCX and HTML are written here; XLS, DOC and the like are those, converted by LibreOffice where it is installed.
"""
