"""Spreadsheets that came in: read, checked, previewed, accepted whole or not at all.

A *roster* (บัญชีรายชื่อ) is a file that the office uploads: workers, lecturers, agencies or tambons of a round.
"""
