"""Office files rendered as PDFs by LibreOffice, for the eye and for the second reading."""
