"""The roster of people hired in a round."""

from __future__ import annotations

from collections import Counter

from u2t.people.newcomers import NewWorker
from u2t.rosters.rules import persons
from u2t.rosters.rules.known import Known, chooser_of, name_of, wordings
from u2t.rosters.rules.persons import text_column
from u2t.sheets import cells
from u2t.sheets.columns import Column, Compound, Mended
from u2t.sheets.report import NOTICE, PROBLEM, REPAIR, Finding, Report
from u2t.sheets.tables import Table
from u2t.sheets.workbook import Cell
from u2t.thai.dates import short_date
from u2t.thai.places import Place
from u2t.thai.problem import Problem

_whole_number = cells.whole_number(1)
WISHES = 10
OFFERED_WISHES = 3
SHOWN = ("name", "citizen_id", "birth_on", "category", "home", "fixed", "wishes", "skills")
_HOME = ("home_code", "home_tambon", "home_district", "home_province")
_FIXED = ("fixed_code", "fixed_tambon", "fixed_district", "fixed_province")


def columns(known: Known) -> tuple[Column, ...]:
    """All columns that a roster of workers may have; the template offers :func:`offered`."""
    categories = tuple(topic.name_th for topic in known.categories)
    return (
        Column("number", "ลำดับที่", "Number", _number, ("ลำดับ", "เลขที่", "no"), is_repeating=False, width=8),
        persons.TITLE,
        persons.GIVEN,
        persons.SURNAME,
        persons.FULL_NAME,
        persons.CITIZEN_ID,
        persons.birth_column(known.today),
        Column(
            "category", "ประเภท", "Category", cells.choice(wordings(known.categories), categories),
            ("ประเภทการจ้าง", "ประเภทผู้ปฏิบัติงาน", "กลุ่ม", "กลุ่มเป้าหมาย",
             "ประเภทผู้สมัคร", "ประเภทการจ้างงาน", "ประเภทบุคคล", "hire category", "type"),
            is_required=True, is_needed=True, choices=categories, example=categories[0] if categories else "", width=24,
        ),
        text_column("education", "วุฒิการศึกษา", "Education", "วุฒิ", "ระดับการศึกษา", "การศึกษา", "คุณวุฒิ", "degree", longest=200),
        Column(
            "skills", "ทักษะ", "Skills", cells.listing, ("ความสามารถ", "ทักษะ/ความสามารถ", "ความถนัด"),
            choices=(), example=", ".join(topic.name_th for topic in known.skills[:2]), width=28,
        ),
        text_column("home_code", "รหัสตำบลที่อยู่", "Home tambon code", "รหัสตำบล", "tambon code"),
        text_column("home_tambon", "ตำบล", "Tambon", "ตำบลที่อยู่", "ตำบล/แขวง", "แขวง/ตำบล", "ภูมิลำเนา", "home tambon",
                    "subdistrict"),
        text_column("home_district", "อำเภอ", "District", "อำเภอที่อยู่", "อำเภอ/เขต", "เขต/อำเภอ", "home district", "amphoe"),
        text_column("home_province", "จังหวัด", "Province", "จังหวัดที่อยู่", "home province", "changwat"),
        *(_wish_column(rank, known) for rank in range(1, WISHES + 1)),
        text_column("fixed_code", "รหัสตำบลที่ปฏิบัติงาน", "Work tambon code", "รหัสตำบลที่จ้าง"),
        text_column("fixed_tambon", "ตำบลที่ปฏิบัติงาน", "Work tambon", "ตำบลที่จ้าง", "ตำบลที่ได้รับการคัดเลือก", "ตำบลที่รับผิดชอบ",
                    "ตำบลที่บรรจุ", "พื้นที่ปฏิบัติงาน"),
        text_column("fixed_district", "อำเภอที่ปฏิบัติงาน", "Work district", "อำเภอที่จ้าง"),
        text_column("fixed_province", "จังหวัดที่ปฏิบัติงาน", "Work province", "จังหวัดที่จ้าง"),
        persons.TELEPHONE,
        persons.EMAIL,
    )  # fmt: skip


def offered(known: Known) -> tuple[Column, ...]:
    """The columns of the template."""
    left_out = {"number", "full_name", *(f"wish_{rank}" for rank in range(OFFERED_WISHES + 1, WISHES + 1))}
    return tuple(column for column in columns(known) if column.field not in left_out)


def compounds(known: Known) -> tuple[Compound, ...]:
    """Values made of several columns."""

    def home(code: object, tambon: object, district: object, province: object) -> object:
        return _home(known, code, tambon, district, province)

    def fixed(code: object, tambon: object, district: object, province: object) -> object:
        if code is None and tambon is None:
            return None
        texts = (str(part or "") for part in (tambon, district, province, code))
        return _code(known.find_in_round(*texts))

    return (
        persons.NAME,
        Compound("home", _HOME, home),
        Compound("fixed", _FIXED, fixed),
    )


def newcomers(table: Table, known: Known, report: Report) -> tuple[list[NewWorker], int]:
    """The workers whom the file adds, and how many of its rows are in the round already."""
    categories = table.column("category")
    persons.find_twice(table, report, categories)
    if table.letters and not any(field == "citizen_id" for _, field in table.letters):
        report.add(Finding(NOTICE, "person.no_id_column"))
    digests = persons.digests(table, known)
    skills = _skills(table, known, report)
    ids, births = table.column("citizen_id"), table.column("birth_on")
    wishes = _wishes(table, report)
    numbers = _numbers(table, known, report)
    names, phones, emails = table.column("name"), table.column("telephone"), table.column("email")
    homes, fixed, education = table.column("home"), table.column("fixed"), table.column("education")
    found: list[NewWorker] = []
    unchanged = 0
    for index in range(len(table)):
        category = categories[index]
        if known.people_by_name and _is_here(table, index, digests[index], known, report):
            unchanged += 1
            continue
        if index in table.broken:
            continue
        person = persons.as_person(
            names[index], ids[index], births[index], phones[index], emails[index], digests[index]
        )
        found.append(
            NewWorker(
                person,
                category,  # type: ignore[arg-type]
                numbers[index],
                homes[index] or "",  # type: ignore[arg-type]
                fixed[index] or "",  # type: ignore[arg-type]
                education[index] or "",  # type: ignore[arg-type]
                skills[index],
                wishes[index],
            )
        )
    _count_against_seats(found, known, report)
    return found, unchanged


def shown(new: NewWorker, known: Known) -> tuple[str, ...]:
    """The row as it was understood, in the order of :data:`SHOWN`."""
    person = new.person
    return (
        f"{person.title} {person.given_name} {person.surname}".strip(),
        f"…{person.citizen_id[-3:]}" if person.citizen_id else "",
        short_date(person.birth_on) if person.birth_on else "",
        name_of(known.categories, new.category),
        _place_name(known, new.home_tambon),
        _place_name(known, new.fixed_tambon),
        " · ".join(_place_name(known, code).partition(" ")[0] for code in new.wishes),
        ", ".join(name_of(known.skills, code) for code in new.skills),
    )


def _number(cell: Cell) -> object:
    """A number where there is one; counting columns hold all sorts of things and none of it is a problem."""
    if isinstance(cell, str) and cell.isascii() and cell.isdigit() and len(cell) < 10:
        return int(cell) or None
    answer = _whole_number(cell)
    return answer if isinstance(answer, int) else None


def _wish_column(rank: int, known: Known) -> Column:
    def parse(cell: Cell) -> object:
        said = cells.text(cell)
        return _code(known.find_in_round(said)) if isinstance(said, str) else said

    heads = ("ตำบลที่ต้องการ", "ตำบลที่เลือก", "ตำบลที่ประสงค์", "ความประสงค์", "ตำบลลำดับที่", "ตำบลอันดับ", "ตำบลอันดับที่", "อันดับ",
             "อันดับที่", "ลำดับที่เลือก", "ตัวเลือกที่", "ตำบลที่เลือกอันดับ", "ตำบลที่เลือกอันดับที่", "ตำบลที่ต้องการอันดับ", "wish", "choice",
             "preferred tambon", "preference",
             "ลำดับความประสงค์", "ลำดับความประสงค์ที่", "ความประสงค์ลำดับที่", "ความประสงค์ที่", "ตำบลที่ประสงค์ลำดับที่", "ตำบลที่ต้องการลำดับที่",
             "ตำบลที่เลือกลำดับที่", "ตำบลที่สมัคร", "wished tambon rank")  # fmt: skip
    thai, *others = (f"{head} {rank}" for head in heads)
    return Column(f"wish_{rank}", thai, f"Wished tambon {rank}", parse, tuple(others), width=30)


def _code(found: Place | Problem) -> object:
    return found.code if isinstance(found, Place) else found


def _home(known: Known, code: object, tambon: object, district: object, province: object) -> object:
    """Where somebody lives: a name that several tambons bear is taken for the one of the round, if it is one."""
    if code is None and tambon is None:
        return None
    texts = [str(part or "") for part in (tambon, district, province, code)]
    found = known.nation.find(*texts)
    if isinstance(found, Problem) and found.code == "place.ambiguous":
        nearer = known.round_places.find(*texts)
        if isinstance(nearer, Place):
            return Mended(nearer.code, ("place.taken_from_round",))
    return _code(found)


def _is_here(table: Table, index: int, digest: str, known: Known, report: Report) -> bool:
    """Whether the round already has the person; in another category that is a problem."""
    here = persons.already_here(table, index, digest, known)
    if here is None:
        return False
    category = table.value("category", index)
    name = table.values["name"][index]
    shown_name = f"{name.given} {name.surname}" if name else ""  # type: ignore[attr-defined]
    field = "citizen_id" if digest else persons.table_field(table, index)
    is_same = not category or here.category == category
    kind, code = (NOTICE, "person.already_here") if is_same else (PROBLEM, "person.here_in_other_category")
    about = {"number": here.number, "category": name_of(known.categories, here.category)}
    report.add(table.finding(kind, code, index, field, shown_name, about))
    return True


def _skills(table: Table, known: Known, report: Report) -> list[tuple[str, ...]]:
    """Codes of the skills in each row; words that name none are left out and listed."""
    choose = chooser_of(known.skills)
    answers: dict[object, tuple[tuple[str, ...], tuple[str, ...]]] = {None: ((), ())}
    found = []
    for index, said in enumerate(table.column("skills")):
        if said not in answers:
            parts = said if isinstance(said, tuple) else ()
            codes = dict.fromkeys(code for part in parts if (code := choose(part)))
            answers[said] = (tuple(codes), tuple(part for part in parts if not choose(part)))
        codes_here, unknown = answers[said]
        for word in unknown:
            report.add(table.finding(NOTICE, "skill.left_out", index, "skills", word, {"text": word}))
        found.append(codes_here)
    return found


def _wishes(table: Table, report: Report) -> list[tuple[str, ...]]:
    """Wished tambons of each row in order; gaps close up, a repeated one is dropped and listed."""
    fields = [f"wish_{rank}" for rank in range(1, WISHES + 1) if f"wish_{rank}" in table.values]
    filled = [field for field in fields if any(table.values[field])]
    if not filled:
        return [()] * len(table)
    found = []
    for index, row in enumerate(zip(*(table.values[field] for field in filled), strict=True)):
        codes = tuple(code for code in row if type(code) is str)
        if len(set(codes)) < len(codes):
            field = next(f for f, code in zip(filled, row, strict=True) if code and row.count(code) > 1)
            report.add(table.finding(REPAIR, "wish.repeated", index, field, ", ".join(codes)))
            codes = tuple(dict.fromkeys(codes))
        found.append(codes)
    return found


def _numbers(table: Table, known: Known, report: Report) -> list[int | None]:
    """The numbers of the file where all rows have one, none twice and none taken; else none of them."""
    numbers = table.column("number")
    wanted = [number for number in numbers if isinstance(number, int)]
    if len(wanted) < len(table) or len(set(wanted)) < len(wanted):
        return [None] * len(table)
    if not known.numbers.isdisjoint(wanted):
        return [None] * len(table)
    return wanted  # type: ignore[return-value]


def _count_against_seats(found: list[NewWorker], known: Known, report: Report) -> None:
    counts = Counter(new.category for new in found)
    for code, count in counts.items():
        total, seats = count + known.hired.get(code, 0), known.seats.get(code, 0)
        if total > seats:
            about = {"category": name_of(known.categories, code), "count": total, "seats": seats}
            report.add(Finding(NOTICE, "category.more_than_seats", field="category", about=about))
    fixed = Counter((new.fixed_tambon, new.category) for new in found if new.fixed_tambon)
    for (tambon, code), count in fixed.items():
        seats = known.seats_a_tambon.get(code, 0)
        if count > seats:
            category = name_of(known.categories, code)
            about = {
                "place": _place_name(known, tambon),
                "category": category,
                "count": count,
                "seats": seats,
            }
            report.add(Finding(NOTICE, "tambon.more_than_seats", field="fixed_tambon", about=about))


def _place_name(known: Known, code: str) -> str:
    place = known.nation.find(code=code) if code else None
    return f"ต.{place.tambon} อ.{place.district}" if isinstance(place, Place) else ""
