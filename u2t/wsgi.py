"""The web process: pages, and on a small installation also the thread that works on jobs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "u2t.settings")

application = get_wsgi_application()

from u2t.jobs import worker  # noqa: E402  (apps must be ready first)

worker.start_embedded()
