"""What the office had decided by hand was kept by every new plan; now that is said on the row itself."""

from django.db import migrations
from django.db.models import F


def hold(apps, schema_editor):
    for name in ("Engagement", "Leadership"):
        rows = apps.get_model("placement", name).objects.filter(ended_at=None, held_at=None).exclude(reason="")
        rows.update(held_at=F("begun_at"), held_by=F("begun_by"), held_reason=F("reason"))


class Migration(migrations.Migration):
    dependencies = [("placement", "0002_rules_refills_and_holds")]
    operations = [migrations.RunPython(hold, migrations.RunPython.noop)]
