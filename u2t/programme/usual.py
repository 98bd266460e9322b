"""What the form of a new round offers: the programme's usual values (DOMAIN, phase 1), every one changeable.

Nothing reads these once a round is open; the round's own rows are what counts.
"""

from __future__ import annotations

from u2t.programme.rules import CategoryRow, Cell, TopicRow, WorkstreamRow

MONTHS = 11
LEADERS_PER_TAMBON = 2

CATEGORIES = (
    CategoryRow("public", "ประชาชนทั่วไป", "General public", 900_000),
    CategoryRow("graduate", "บัณฑิตจบใหม่ไม่เกิน 3 ปี", "Graduates within three years", 1_500_000),
    CategoryRow("student", "นักศึกษา", "Students", 500_000),
)

WORKSTREAMS = (
    WorkstreamRow("team", "ทีมตำบล", "Tambon team", False),
    WorkstreamRow("data", "นักจัดการข้อมูลดิจิทัลภาครัฐ", "Government digital data managers", True),
)

QUOTAS: dict[Cell, int] = {
    ("public", "team"): 5,
    ("public", "data"): 0,
    ("graduate", "team"): 8,
    ("graduate", "data"): 2,
    ("student", "team"): 5,
    ("student", "data"): 0,
}

DIMENSIONS = (
    TopicRow("economy", "เศรษฐกิจ", "Economy"),
    TopicRow("society", "สังคม", "Society"),
    TopicRow("education", "การศึกษา", "Education"),
    TopicRow("health", "สุขภาพ", "Health"),
    TopicRow("environment", "สิ่งแวดล้อม", "Environment"),
    TopicRow("unity", "ความรักความสามัคคี", "Love and unity"),
)

SKILLS = (
    TopicRow("digital", "ดิจิทัลและสารสนเทศ", "Digital and information technology", True),
    TopicRow("data", "การจัดการและวิเคราะห์ข้อมูล", "Data management and analysis", True),
    TopicRow("marketing", "การตลาดและการขายออนไลน์", "Marketing and selling online"),
    TopicRow("accounting", "บัญชีและการเงิน", "Accounting and finance"),
    TopicRow("agriculture", "การเกษตร", "Agriculture"),
    TopicRow("health", "สาธารณสุขและการดูแลผู้สูงอายุ", "Public health and care of the elderly"),
    TopicRow("teaching", "การสอนและการถ่ายทอดความรู้", "Teaching and training"),
    TopicRow("engineering", "ช่างและวิศวกรรม", "Crafts and engineering"),
    TopicRow("environment", "สิ่งแวดล้อมและการจัดการของเสีย", "Environment and waste"),
    TopicRow("tourism", "การท่องเที่ยวชุมชน", "Community tourism"),
    TopicRow("media", "สื่อและการออกแบบ", "Media and design"),
    TopicRow("language", "ภาษาอังกฤษและภาษาต่างประเทศ", "English and other languages"),
)
