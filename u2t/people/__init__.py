"""Persons, accounts and duties; workers and lecturers of a round; what is private about them.

A person exists once. A *worker* (ผู้ปฏิบัติงาน) is a person hired in a round; a *lecturer* (อาจารย์) may lead a
tambon as project manager (PM). A *duty* gives an account its reach at an institution.
"""
