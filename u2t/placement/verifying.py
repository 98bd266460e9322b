"""Certificates of placements answer to the verification page by their number."""

from django.utils.translation import gettext_lazy as _

from u2t.placement.queries import proofs
from u2t.seals import kinds

kinds.let_look_up(proofs.KIND, _("Certificate of a placement"), proofs.look_up)
