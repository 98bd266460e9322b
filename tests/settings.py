"""Settings of the tests: those of the product, with a data folder and database names of their own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_tests_data = Path(__file__).resolve().parent.parent / "var" / "test"
os.environ["U2T_DATA_DIR"] = str(_tests_data)
_OF_TESTS = {"U2T_DATA_DIR", "U2T_PICTURES", "U2T_CHROMIUM"}
# Tests say what the environment is; a developer's own .env must not change what they find.
for _name in {name for name in os.environ if name.startswith("U2T_")} - _OF_TESTS:
    del os.environ[_name]

from u2t.settings import *  # noqa: E402, F403
from u2t.settings import DATA_DIR, DATABASES, IS_SQLITE, STORAGES  # noqa: E402

if IS_SQLITE:
    # Several test runs may go on at once in one folder, so each has its own file; those of dead runs are swept.
    for _left in DATA_DIR.glob("test-*.sqlite3*"):
        _pid = _left.name.removeprefix("test-").partition(".")[0]
        try:
            os.kill(int(_pid), 0)
        except ProcessLookupError:
            _left.unlink(missing_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / f"test-{os.getpid()}.sqlite3")}

# Strong hashing is for real passwords; with it every log-in of a test would take a quarter of a second.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files straight from their folders: a test must not depend on what was collected before it.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Files that tests store are gone when the tests are.
MEDIA_ROOT = tempfile.mkdtemp(prefix="u2t-files-")
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
# Playwright keeps an event loop in the thread of the tests; they use the database from there all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
