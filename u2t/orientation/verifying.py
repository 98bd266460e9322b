"""Certificates answer to the verification page by their number."""

from django.utils.translation import gettext_lazy as _

from u2t.orientation.queries import certificates
from u2t.seals import kinds

kinds.let_look_up(certificates.KIND, _("Certificate"), certificates.look_up)
kinds.let_name_issuers(certificates.issuers)
