"""Every view says whether it shows or changes.

``@shows`` answers GET and HEAD, and while it runs the database connection refuses to write: a page cannot lie
about what it does. ``@changes`` answers POST only. Both need a log-in unless ``public=True``; *who* may is asked
inside the view with :func:`allow`, by the same permission that hides the button.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

View = Callable[..., HttpResponseBase]

_READS = re.compile(
    r"\s*(?:\(\s*)?(SELECT|WITH|VALUES|EXPLAIN|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|SHOW|DECLARE|FETCH|CLOSE)\b",
    re.I,
)
_WRITES = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|FOR\s+UPDATE)\b", re.I)
_may_write: ContextVar[bool] = ContextVar("may_write", default=False)


class WriteWhileShowing(Exception):
    """A view declared @shows tried to write."""


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not _may_write.get() and (not _READS.match(sql) or _WRITES.search(re.sub(r"'[^']*'", "", sql))):
        raise WriteWhileShowing(sql[:200])
    return execute(sql, params, many, context)


@contextmanager
def noting() -> Iterator[None]:
    """Let the audit record that something sensitive was read, the one write that a shown page owes."""
    token = _may_write.set(True)
    try:
        yield
    finally:
        _may_write.reset(token)


def shows(*, public: bool = False) -> Callable[[View], View]:
    """Declare a view that only shows."""

    def declare(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with connection.execute_wrapper(_refuse_writes):
                return view(request, *args, **kwargs)

        return _declared(require_safe(shown), "shows", public)

    return declare


def changes(*, public: bool = False) -> Callable[[View], View]:
    """Declare a view that changes something: POST only."""

    def declare(view: View) -> View:
        @wraps(view)
        def changed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        return _declared(require_POST(changed), "changes", public)

    return declare


def either(*, get: View, post: View) -> View:
    """One address with both halves of a form: ``get`` is declared @shows, ``post`` @changes."""
    if (get.declared, post.declared) != ("shows", "changes"):  # type: ignore[attr-defined]
        raise TypeError("either() wants a @shows view for GET and a @changes view for POST")
    if get.is_public != post.is_public:  # type: ignore[attr-defined]
        raise TypeError("both halves of a form are public or neither is")

    @wraps(get)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (post if request.method == "POST" else get)(request, *args, **kwargs)

    return _declared(answered, "either", get.is_public)  # type: ignore[attr-defined]


def _declared(view: View, how: str, public: bool) -> View:
    view.declared = how  # type: ignore[attr-defined]
    view.is_public = public  # type: ignore[attr-defined]
    return login_not_required(view) if public else view


def allow(may: bool) -> None:
    """Refuse the request (403) unless ``may``."""
    if not may:
        raise PermissionDenied
