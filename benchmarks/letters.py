"""A round of handover letters: ours beside WeasyPrint, on the same content, in turn within one run.

``python -m benchmarks.letters [--quick] [--json]``. Sixty letters with lists of 18 to 20 people and forty-eight with
two or three; every turn has new people, so that nobody profits from what was set before. CPU seconds are compared.
Before a number is printed the text layer of ours must equal, letter for letter and in order, what was put in.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from statistics import median

from weasyprint import HTML

from benchmarks import reporting
from tests.letters import samples
from u2t.letters import fonts, press, words
from u2t.letters.letter import Annex, Letter

STYLE = """
@font-face { font-family: 'U2T Sarabun'; src: url('%(regular)s'); }
@font-face { font-family: 'U2T Sarabun'; src: url('%(bold)s'); font-weight: bold; }
@page { size: A4; margin: 2.5cm 2cm 2cm 3cm; }
body { font: 16pt/1.265 'U2T Sarabun'; margin: 0; }
section { break-before: page; } div, p { margin: 6pt 0 0 0; }
.ref { margin-top: 1.5cm; display: flex; justify-content: space-between; }
.ref div, .foot div, .sign div { margin: 0; } .date { margin-left: 7.5cm; }
p { text-indent: 2.5cm; } .sign { margin: 12pt 0 0 2cm; text-align: center; } .sign .name { margin-top: 61pt; }
.foot { margin-top: 20pt; } .item { display: flex; justify-content: space-between; }
.annex { font-size: 14pt; } .label { text-align: right; } .title { text-align: center; font: bold 16pt 'U2T Sarabun'; }
table { border-collapse: collapse; width: 100%%; margin-top: 8pt; } td, th { border: .5pt solid; padding: 1.5pt 4pt; }
"""


def main() -> None:
    """Run and print every measure."""
    arguments = reporting.arguments(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        typeface = fonts.prepare(Path(folder))
        reporting.report(measures(typeface, turns=2 if arguments.quick else 5), arguments)


def measures(typeface: Path, turns: int) -> list[reporting.Measure]:
    """Throughput of one PDF with all letters and of single PDFs, and the wrong letters of both text layers."""
    press.render(round_of(0)[:2], folder=typeface)
    HTML(string=page(round_of(0)[:2], typeface)).write_pdf()
    ours, theirs, singly, apart = [], [], [], []
    wrong, theirs_wrong, size = 0, 0, 0
    for turn in range(1, turns + 1):
        letters = round_of(turn)
        wanted = "".join(map(samples.expected, letters))
        seconds, made = timed(lambda letters=letters: press.render(letters, folder=typeface))
        ours.append(seconds)
        # A list that runs over its page carries the page's number, which is not part of what was put in.
        got = samples.text(made).replace("-๒-", "")
        wrong += samples.wrong_letters(wanted, got) + (got != wanted)
        size = len(made)
        seconds, made = timed(lambda letters=letters: HTML(string=page(letters, typeface)).write_pdf())
        theirs.append(seconds)
        theirs_wrong += samples.wrong_letters(wanted, samples.text(made))
        some = letters[:4] + letters[-3:]
        seconds, _ = timed(lambda some=some: b"".join(press.render_each(some, folder=typeface)))
        singly.append(seconds / len(some))
        seconds, _ = timed(
            lambda some=some: b"".join(HTML(string=page([o], typeface)).write_pdf() for o in some)
        )
        apart.append(seconds / len(some))
    assert wrong == 0, f"the text layer of our letters has {wrong} wrong letters"
    count = len(round_of(0))
    ratio = median(b / a for a, b in zip(ours, theirs, strict=True))
    alone = median(b / a for a, b in zip(singly, apart, strict=True))
    make = reporting.Measure
    return [
        make("letters in one PDF: throughput, WeasyPrint = 1", ratio, "x", 10.0, "higher"),
        make("letters in one PDF: ours, CPU", 1000 * median(ours) / count, "ms", None, "lower"),
        make("letters in one PDF: WeasyPrint, CPU", 1000 * median(theirs) / count, "ms", None, "lower"),
        make("letters each alone: throughput, WeasyPrint = 1", alone, "x", None, "higher"),
        make("letters each alone: ours, CPU", 1000 * median(singly), "ms", None, "lower"),
        make("wrong letters in our text layer", wrong, "", 0.0, "lower"),
        make("wrong letters in WeasyPrint's text layer, a round", theirs_wrong / turns, "", None, "lower"),
        make("size of our PDF, a letter", size / count / 1000, "kB", None, "lower"),
    ]


def round_of(turn: int) -> list[Letter]:
    """Sixty letters to tambons and forty-eight to data agencies."""
    dice = random.Random(turn)
    seeds = range(turn * 1000, turn * 1000 + 108)
    counts = [dice.randint(18, 20) for _ in range(60)] + [dice.randint(2, 3) for _ in range(48)]
    return [samples.letter(count, seed) for count, seed in zip(counts, seeds, strict=True)]


def timed(work: Callable[[], bytes | None]) -> tuple[float, bytes]:
    """CPU seconds of ``work`` and what it made."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made or b""


def page(letters: Sequence[Letter], typeface: Path) -> str:
    """The letters as one HTML page that says the same in the same form."""
    files = {style: (typeface / f"U2TSarabun-{style.title()}.ttf").as_uri() for style in ("regular", "bold")}
    body = "".join(section for letter in letters for section in sections(letter))
    return f"<html lang=th><title>หนังสือ</title><style>{STYLE % files}</style>{body}"


def sections(letter: Letter) -> list[str]:
    """The front and the annexes of one letter."""
    number, day = told(letter.number), told(letter.date_text)
    front = [
        f"<div class=ref><div>ที่ {number}</div><div>{divs(letter.sender)}</div></div><div class=date>{day}</div>",
        f"<div>เรื่อง {told(letter.subject)}</div><div>เรียน {told(letter.to)}</div>",
        *(f"<div>อ้างถึง {told(line)}</div>" for line in letter.references),
        *(
            f"<div class=item><div>สิ่งที่ส่งมาด้วย {told(item.text)}</div><div>{told(item.amount)}</div></div>"
            for item in letter.enclosures
        ),
        *(f"<p>{told(line)}</p>" for line in letter.paragraphs),
        f"<div class=sign><div>{told(letter.closing)}</div><div class=name>({told(letter.signer.name)})</div>",
        f"{divs(letter.signer.posts)}</div><div class=foot>{divs(letter.office)}</div>",
    ]
    return [
        f"<section>{''.join(front)}</section>",
        *(f"<section class=annex>{listed(annex, number, day)}</section>" for annex in letter.annexes),
    ]


def listed(annex: Annex, number: str, day: str) -> str:
    """An annex: its heads and its table."""
    heads = "".join(f"<th>{told(column.head)}</th>" for column in annex.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{told(cell)}</td>' for cell in row)}</tr>" for row in annex.rows)
    return (
        f"<div class=label>{told(annex.label)}<br>แนบหนังสือ ที่ {number} ลงวันที่ {day}</div>"
        f"<div class=title>{'<br>'.join(map(told, annex.title))}</div>"
        f"<table><thead><tr>{heads}</tr></thead>{rows}</table>{divs(annex.notes)}"
    )


def divs(lines: Sequence[str]) -> str:
    """One block a line."""
    return "".join(f"<div>{told(line)}</div>" for line in lines)


def told(text: str) -> str:
    """``text`` as HTML with the numerals that the letters have."""
    return escape(words.in_thai_digits(text))


if __name__ == "__main__":
    main()
