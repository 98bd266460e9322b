"""What is typed in placement, cleaned: ``people`` for changes by hand, ``policies`` for rules under a name."""

from u2t.placement.forms.people import LeadForm, LeaveForm, MoveForm, ReasonForm, SwapForm

__all__ = ["LeadForm", "LeaveForm", "MoveForm", "ReasonForm", "SwapForm"]
