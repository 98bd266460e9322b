"""The usual values of a round: the four skills that the programme develops in everybody."""

AREAS = (
    ("digital", "ความเข้าใจและใช้เทคโนโลยีดิจิทัล", "Digital Literacy"),
    ("english", "ความสามารถด้านภาษาอังกฤษ", "English Competency"),
    ("financial", "ความรู้ทางการเงิน", "Financial Literacy"),
    ("social", "ทักษะทางสังคม", "Social Literacy"),
)
