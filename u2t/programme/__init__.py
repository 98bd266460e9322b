"""The givens: institutions, rounds, places, categories, workstreams, quotas, pay rates, the calendar.

Words: a *round* (รุ่น/รอบโครงการ) holds everything that may differ from one hire to the next; a *category*
(ประเภท) decides eligibility and pay; a *workstream* (กลุ่มงาน) is what a person is hired for; a *slot* (อัตรา)
is tambon × category × workstream.
"""
