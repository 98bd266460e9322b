"""Recruitment (การรับสมัครและคัดเลือก): from an open call to people who have reported in.

A *call* (ประกาศรับสมัคร) is data: quotas, eligibility, documents, timetable, scoring. An *application* (ใบสมัคร)
is typed once by the applicant and frozen when it is submitted. *Screening* decides who may be interviewed,
*interviews* score, one *selection* fills the quotas with a proof, *offers* (การเรียกตัว) hire people one by one,
also from the reserve, for as long as slots become free.

It promises: no submitted application is lost; every decision has its reason; a result can be computed again to
the same bits from what was frozen; nothing of an applicant is kept longer than the call says.
"""
