"""The one message that travels through Django's task interface."""

from django_tasks import task

from u2t.jobs import actions


@task()
def run_job(job_id: str) -> None:
    """Do the job with this id."""
    actions.run(job_id)
