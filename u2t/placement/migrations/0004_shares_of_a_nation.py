from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placement", "0003_hold_what_was_decided_by_hand")]

    operations = [
        migrations.CreateModel(
            name="NationShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("nation", models.UUIDField()),
                ("design", models.JSONField()),
                ("first", models.PositiveIntegerField()),
                ("count", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("answer", models.BinaryField(null=True)),
                ("tally", models.JSONField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("nation", "first"),
                "constraints": [
                    models.UniqueConstraint(fields=("nation", "first"), name="share_once_a_nation"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(answered_at__isnull=True, answer__isnull=True, tally__isnull=True),
                            models.Q(answered_at__isnull=False, answer__isnull=False, tally__isnull=False),
                            _connector="OR",
                        ),
                        name="share_answered_whole",
                        violation_error_message="An answer comes with its figures and its moment.",
                    ),
                ],
            },
        ),
    ]
