"""Seals: 100,000 changed characters all noticed; sealing and reading beside bare Ed25519 of the same library.

The peer is `cryptography`'s own signature over the same bytes, with nothing around it: what a seal costs beyond it is
ours. A changed character counts as noticed where the seal is not believed, whatever the reason given.
"""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable
from datetime import date

import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.reporting import Measure, arguments, report
from u2t.seals import rules

ALPHABET = string.ascii_letters + string.digits + "-_"
GIVEN = ("สมชาย", "มาลี", "วิชัย", "ดวงใจ", "กาญจนาภิเษก", "พิมพ์ใจ")
SURNAMES = ("ใจดี", "ทองคำ", "แสงเพชร", "วงศ์สว่างพงษ์ไพรรุ่งเรือง", "ณ อยุธยา")


def seals(key: Ed25519PrivateKey, count: int) -> list[str]:
    """Certificates of invented people."""
    return [
        rules.sign(
            key,
            kind="certificate",
            issuer="tst",
            number=f"{n}/2564",
            dated_on=date(2021, 2, 3),
            name=f"นางสาว{GIVEN[n % len(GIVEN)]} {SURNAMES[n % len(SURNAMES)]}",
            digest=rules.digest_of({"number": n}),
        )
        for n in range(1, count + 1)
    ]


def believed_changes(made: list[str], keys: dict[str, bytes], changes: int) -> int:
    """How many of so many single changed characters were not noticed."""
    chance, wrong = random.Random(2564), 0
    for n in range(changes):
        seal = made[n % len(made)]
        at = chance.randrange(len(seal))
        other = chance.choice(ALPHABET.replace(seal[at], ""))
        wrong += not rules.read(seal[:at] + other + seal[at + 1 :], keys).fault
    return wrong


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def measures(quick: bool) -> list[Measure]:
    """Everything this benchmark says."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = key.public_key()
    keys = {rules.code_of(rules.public_of(key)): rules.public_of(key)}
    count, changes, rounds = (300, 10_000, 3) if quick else (1_200, 100_000, 7)
    made = seals(key, count)
    assert all(not rules.read(seal, keys).fault for seal in made)
    bodies = [rules.decode(seal)[:-64] for seal in made]
    signed = [(key.sign(body), body) for body in bodies]
    ours_signing, bare_signing, ours_reading, bare_reading = [], [], [], []
    for _ in range(rounds):
        ours_signing.append(cpu(lambda: seals(key, count)))
        bare_signing.append(cpu(lambda: [key.sign(body) for body in bodies]))
        ours_reading.append(cpu(lambda: [rules.read(seal, keys) for seal in made]))
        bare_reading.append(cpu(lambda: [public.verify(signature, body) for signature, body in signed]))
    versions = [
        int(segno.make_qr(f"https://u2t.example.ac.th/verify/?s={seal}", error="m").version) for seal in made
    ]
    return [
        Measure("changed characters that were tried", changes, "", None, "higher"),
        Measure(
            "changed characters that were believed", believed_changes(made, keys, changes), "", 0, "lower"
        ),
        Measure(
            "reading and verifying ÷ bare verification",
            min(ours_reading) / min(bare_reading),
            "x",
            2,
            "lower",
        ),
        Measure("sealing ÷ bare signature", min(ours_signing) / min(bare_signing), "x", None, "lower"),
        Measure("reading and verifying one seal, CPU", min(ours_reading) / count * 1e6, "us", None, "lower"),
        Measure("version of the largest QR code", max(versions), "", 12, "lower"),
    ]


if __name__ == "__main__":
    chosen = arguments(__doc__)
    report(measures(chosen.quick), chosen)
