"""What can happen in handover.

``planning`` says who receives whom and when, ``issuing`` writes letters and their numbers, ``bundling`` prints all
letters of a round in one go, ``writing`` keeps the office's own wording.
"""
