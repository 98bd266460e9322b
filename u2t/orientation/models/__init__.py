"""Tables of orientation."""

from u2t.orientation.models.attendance import Device, Pass, Scan
from u2t.orientation.models.sessions import Group, Material, Plan, Session
from u2t.orientation.models.skills import Area, Certificate, Course, Enrolment, TestResult

__all__ = [
    "Area",
    "Certificate",
    "Course",
    "Device",
    "Enrolment",
    "Group",
    "Material",
    "Pass",
    "Plan",
    "Scan",
    "Session",
    "TestResult",
]
