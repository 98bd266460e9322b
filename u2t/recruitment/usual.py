"""What a new call begins with: the programme's usual conditions, every one changeable.

Nothing reads these once a call is drafted; the call's own rows are what counts. Who may apply: DOMAIN, section 3;
ages, periods and criteria are the settings' defaults, not the programme's.
"""

from __future__ import annotations

from u2t.recruitment.rules.composing import CriterionRow, DocumentRow, RuleRow

MAX_CHOICES = 3
GRACE_MINUTES = 15
INTERVIEWERS = 2
SPREAD_LIMIT = 20
PRIORITY = ("score", "residence", "lottery")
ACCEPT_DAYS, RESERVE_DAYS, APPEAL_DAYS, RETENTION_DAYS = 3, 2, 7, 180

RULES = (
    RuleRow("min_age", {"years": 18}),
    RuleRow("no_state_hire"),
    RuleRow("not_employed", category="public"),
    RuleRow("not_employed", category="graduate"),
    RuleRow("degree_at_least", {"level": "bachelor"}, "graduate"),
    RuleRow("degree_within", {"years": 3}, "graduate"),
    RuleRow("student_year", {"from": 3, "until": 4}, "student"),
    RuleRow("own_student", category="student"),
)

DOCUMENTS = (
    DocumentRow("photo"),
    DocumentRow("id_card"),
    DocumentRow("house"),
    DocumentRow("degree", "graduate"),
    DocumentRow("transcript", "graduate"),
    DocumentRow("student", "student"),
    DocumentRow("name_change", is_required=False),
    DocumentRow("military", is_required=False),
    DocumentRow("area", is_required=False),
    DocumentRow("other", is_required=False),
)

CRITERIA = (
    CriterionRow("ความรู้และประสบการณ์ที่ตรงกับงาน", "Knowledge and experience that fit the work", 100, 40),
    CriterionRow("ความเข้าใจชุมชนและพื้นที่", "Understanding of the community and the area", 100, 30),
    CriterionRow("ทัศนคติ การสื่อสาร และการทำงานเป็นทีม", "Attitude, communication and teamwork", 100, 30),
)

TEXT = (
    "มหาวิทยาลัยเปิดรับสมัครบุคคลเพื่อจ้างเหมาบริการในโครงการยกระดับเศรษฐกิจและสังคมรายตำบลแบบบูรณาการ "
    "(มหาวิทยาลัยสู่ตำบล) ผู้สมัครเลือกตำบลที่ต้องการปฏิบัติงานได้หลายตำบลตามลำดับความประสงค์ "
    "และควรเรียงตามที่ต้องการจริง เพราะการเรียงลำดับไม่ทำให้เสียโอกาสในตำบลอื่น"
)

CONSENT = (
    "มหาวิทยาลัยเก็บรวบรวมและใช้ข้อมูลส่วนบุคคลในใบสมัครนี้ (ชื่อ เลขประจำตัวประชาชน วันเกิด ที่อยู่ การศึกษา "
    "ประวัติการทำงาน ช่องทางติดต่อ และเอกสารที่แนบ) เพื่อตรวจคุณสมบัติ สัมภาษณ์ คัดเลือก ประกาศผล "
    "และติดต่อผู้สมัครเท่านั้น ผู้ที่ได้รับการจ้างจะใช้ข้อมูลนี้ทำสัญญาจ้างต่อไป "
    "ส่วนผู้ที่ไม่ได้รับการจ้าง ข้อมูลและเอกสารจะถูกลบเมื่อพ้นระยะเวลาที่ประกาศไว้ "
    "ผู้สมัครมีสิทธิขอดู ขอแก้ไข และขอถอนใบสมัครได้ทุกเมื่อก่อนประกาศผล"
)
