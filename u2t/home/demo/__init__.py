"""The demo round: invented people in real places, written as spreadsheets and taken through the real actions.

Nobody in it exists. ID numbers have right checksums but a registrar's office that does not exist; telephone
numbers lie in one block; positions of tambons are guesses around approximate district centres.
"""
