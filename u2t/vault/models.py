"""What lies in the vault; the sealed bytes lie beside the database, the key apart from both."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class File(models.Model):
    """A sealed file: what it is, how large it was, the SHA-256 of what was sealed; erased ones keep this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    content_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(default=1)
    kept_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    privacy: ClassVar = {
        "id": "sensitive", "content_type": "public", "size": "public", "sha256": "sensitive", "pages": "public",
        "kept_at": "public", "erased_at": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.content_type} {self.size}"
