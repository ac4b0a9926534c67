"""What is wrong with the words of a paper: its figures among themselves, its years and names, its marks, its template.

Small pure functions from paragraphs and statements to what is seen; what they look for is data in `schemas.prose`.
"""
