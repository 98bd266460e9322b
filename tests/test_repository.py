"""The house rules hold everywhere, and each of them notices when somebody breaks it."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from tests import house, suite
from tests.house import ROOT
from u2t.pages import messages

Rule = Callable[[str, str], list[str]]
PURE = ("thai", "letters", "matching", "sheets")
# Pure as well, in a part that is not: saving a picture or a PDF writes no table.
PICTURES = [
    ROOT / "u2t" / name for name in ("vault/pictures.py", "vault/binding.py", "home/demo/pictures.py")
]


def broken(rule: Rule, paths: list[Any]) -> str:
    """All faults that a rule finds in these files, one a line; an empty text if there are none."""
    assert paths, "the rule looked at nothing"
    return "\n".join(f for p in paths for f in rule(str(p.relative_to(ROOT)), p.read_text(encoding="utf-8")))


def our_models() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.startswith("u2t.")]


def field_names(model: Any) -> list[str]:
    return [field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)]


def views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield here, entry.callback
        else:
            yield from views(entry, here)


def test_no_python_file_is_longer_than_400_lines() -> None:
    assert not broken(house.long_file, house.python_files())


def test_no_function_is_longer_than_60_lines() -> None:
    assert not broken(house.long_functions, house.python_files())


def test_only_actions_write() -> None:
    looked_at = [
        path
        for path in house.files("u2t/*.py")
        if path.relative_to(ROOT).parts[1] not in PURE
        and path not in PICTURES
        and not house.may_write(str(path.relative_to(ROOT)))
    ]
    assert not broken(house.writes, looked_at)


def test_every_view_says_whether_it_shows_or_changes() -> None:
    undeclared = [
        f"/{route}: {view.__module__}.{getattr(view, '__qualname__', view)}"
        for route, view in views(get_resolver())
        if getattr(view, "declared", None) not in {"shows", "changes", "either"}
    ]
    assert not undeclared


def test_every_field_states_its_privacy() -> None:
    faults = [
        f"{model._meta.label} {fault}"
        for model in our_models()
        for fault in house.unstated_privacy(field_names(model), getattr(model, "privacy", None))
    ]
    assert not faults


def test_every_person_who_did_something_has_the_moment_beside() -> None:
    faults = [
        f"{m._meta.label}: {fault}" for m in our_models() for fault in house.lonely_persons(field_names(m))
    ]
    assert not faults


def test_no_template_says_gregorian_dates_or_what_the_policy_blocks() -> None:
    assert not broken(house.template_faults, house.files("u2t/*.html"))


def test_every_message_has_its_thai() -> None:
    assert not [str(fault) for fault in messages.faults()]


def test_every_setting_is_explained_and_every_explained_setting_is_read() -> None:
    sources = [*house.files("u2t/*.py", "tests/*.py"), ROOT / "run"]
    sources = [path for path in sources if not path.name.startswith("test_")]
    read = {name for path in sources for name in house.settings_read(path.read_text(encoding="utf-8"))}
    explained = house.settings_explained((ROOT / ".env.sample").read_text(encoding="utf-8"))
    assert read == explained


def test_nothing_kept_names_a_machine_or_a_registry() -> None:
    unreadable = {".png", ".woff2", ".ttf", ".xlsx", ".ods", ".xls", ".pdf", ".jpg", ".webp", ".ico"}
    looked_at = [path for path in house.files("*") if path.suffix not in unreadable]
    assert not broken(house.traces, looked_at)


def test_the_readme_names_the_two_commands() -> None:
    shown = list(house.commands_shown((ROOT / "README.md").read_text(encoding="utf-8")))
    assert ["./run"] in shown
    assert ["./run", "test"] in shown


def test_every_command_in_the_documents_exists() -> None:
    documents = house.files("*.md")
    faults = [
        f"{path.relative_to(ROOT)}: {' '.join(words)}: {fault}"
        for path in documents
        for words in house.commands_shown(path.read_text(encoding="utf-8"))
        if (fault := unknown(words))
    ]
    assert documents
    assert not faults


def unknown(words: list[str]) -> str:
    """What of this command does not exist; empty if all of it does."""
    if words[:2] == ["python", "-m"]:
        ours = words[2:] and words[2].startswith("benchmarks.") and words[2] != "benchmarks.NAME"
        return f"no module {words[2]}" if ours and not importlib.util.find_spec(words[2]) else ""
    if words[:2] == ["./run", "manage"]:
        words = ["manage.py", *words[2:]]
    if words[0] == "./run":
        known = set(re.findall(r"^    \./run (\w+)", (ROOT / "run").read_text("utf-8"), flags=re.M))
        return "" if len(words) == 1 or words[1].startswith("--") or words[1] in known else f"no {words[1]}"
    if len(words) == 1 or not words[1].isidentifier():
        return ""
    if words[1] not in get_commands():
        return f"no command {words[1]}"
    parser = load_command_class(get_commands()[words[1]], words[1]).create_parser("manage.py", words[1])
    options = [word.partition("=")[0] for word in words[2:] if word.startswith("-")]
    return ", ".join(f"no option {o}" for o in options if o not in parser._option_string_actions)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (house.long_file, "pass\n" * 401),
        (house.long_functions, "def f():\n" + "    pass\n" * 60),
        (house.long_functions, "class C:\n    async def f(self):\n" + "        pass\n" * 60),
        (house.writes, "worker.save()"),
        (house.writes, "Worker.objects.filter(pk=1).update(name='x')"),
        (house.writes, "round.workers_set.update(name='x')"),
        (house.writes, "Worker.objects.bulk_create([])"),
        (house.writes, "with connection.cursor() as c: pass"),
        (house.template_faults, "{{ round.start|date:'j F Y' }}"),
        (house.template_faults, "{{ round.start | date }}"),
        (house.template_faults, "{% now 'Y' %}"),
        (house.template_faults, '<p\n class="a" style="color: red">'),
        (house.template_faults, '<button onclick="go()">'),
        (house.template_faults, "<script>go()</script>"),
        (house.template_faults, '<link href="https://fonts.example/x.css">'),
        (house.traces, "see /ro" + "ot/.cache"),
        (house.traces, "--index" + "-url x"),
    ],
)
def test_a_broken_rule_is_noticed(rule: Rule, text: str) -> None:
    assert rule("some/file", text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (house.long_file, "pass\n" * 400),
        (house.long_functions, "def f():\n" + "    pass\n" * 59),
        (house.writes, "totals.update({'a': 1})\nsuper().save()\nhashlib.sha256().update(b'')"),
        (house.template_faults, "{{ round.start|thdate }} <p data-style=x>{# onclick= is forbidden #}"),
        (house.template_faults, '<script nonce="{{ request.csp_nonce }}">go()</script>'),
        (house.template_faults, '<script src="{% static "x.js" %}" defer></script>'),
        (house.traces, "https://docs.djangoproject.com/en/5.2/"),
    ],
)
def test_a_kept_rule_is_left_in_peace(rule: Rule, text: str) -> None:
    assert not rule("some/file", text)


def test_a_field_without_stated_privacy_is_noticed() -> None:
    assert house.unstated_privacy(["id", "name"], {"id": "public"}) == ["does not state the privacy of name"]
    assert house.unstated_privacy(["id"], {"id": "secret"}) == ["calls id 'secret'"]
    assert house.unstated_privacy(["id"], {"id": "public", "old": "public"})
    assert house.unstated_privacy(["id"], None)


def test_a_person_without_a_moment_is_noticed() -> None:
    assert house.lonely_persons(["opened_at", "opened_by", "closed_by"]) == ["closed_by has no closed_at"]


def test_a_setting_without_explanation_is_noticed() -> None:
    assert house.settings_read('os.environ.get("U2T_NEW")') == {"U2T_NEW"}
    assert house.settings_explained("# Where.\n#U2T_OLD=1\n\nU2T_NEW=2\n") == {"U2T_OLD"}


def test_a_command_that_does_not_exist_is_noticed() -> None:
    shown = list(house.commands_shown("```sh\n$ ./run fly  # up\n```\nand `./run manage migrate --fly`"))
    assert [unknown(words) for words in shown] == ["no fly", "no option --fly"]
    assert not unknown(["./run", "test"])
    assert not unknown(["./run", "manage", "migrate", "--noinput"])


def test_what_is_not_run_on_the_second_database_touches_none() -> None:
    for name in suite.WITHOUT_DATABASE:
        path = ROOT / "tests" / name
        files = [path] if path.is_file() else sorted(path.rglob("*.py"))
        assert files, name
        for file in files:
            asked = re.findall(
                r"def test_\w+\([^)]*\b(?:db|world|client|live_server|transactional_db)\b", file.read_text()
            )
            assert not asked, f"{file}: {asked}"
