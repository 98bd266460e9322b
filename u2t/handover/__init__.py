"""Letters to host agencies and data agencies, the register of letter numbers, what is not yet handed over.

A *handover* (การส่งมอบ) brings a tambon's team, or the data managers of one agency, to the agency that receives
them, on a date, with an official letter (หนังสือส่งตัว) that has one number in the register of its year.
"""
