"""Long work: asked for once, claimed by one worker, seen while it runs, taken up again when a worker was killed.

Django's task interface carries the message; the job row carries what people see (progress, outcome) and what
survives a crash (heartbeat, attempts). A part registers what it can do with ``@jobs.work("placement.compute")``.
"""
