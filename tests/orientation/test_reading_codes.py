"""The reader of QR codes for browsers without their own, on frames that a phone's camera would give."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import segno
from PIL import Image, ImageDraw

from tests.house import ROOT
from tests.orientation import frames
from u2t.orientation.queries import scanning
from u2t.thai import fold

pytestmark = pytest.mark.browser

SCRIPTS = ROOT / "u2t" / "orientation" / "static" / "orientation"
PASS = "https://u2t.example.ac.th/orientation/p/Zk3_9aQ-xW0bT7mN2vLc5R"
READ = """async ([picture, module]) => {
    const {decode} = await import(module);
    const image = new Image();
    image.src = 'data:image/png;base64,' + picture;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), {width: image.width, height: image.height});
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    return decode(pen.getImageData(0, 0, image.width, image.height));
}"""

Read = Callable[[Image.Image], str | None]


@pytest.fixture(scope="module")
def scripts(browser: Any) -> Iterator[Any]:
    """A page of a real browser that can import the desk's own scripts; no server is needed."""
    page = browser.new_page()

    def answer(route: Any) -> None:
        name = route.request.url.rpartition("/")[2]
        if name:
            text = (SCRIPTS / name).read_text(encoding="utf-8")
            route.fulfill(body=text, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("**/*", answer)
    page.goto("http://localhost/")
    yield page
    page.close()


@pytest.fixture
def read(scripts: Any) -> Read:
    """Reads a picture as the desk does."""
    return lambda picture: scripts.evaluate(
        READ, [base64.b64encode(frames.png(picture)).decode(), "http://localhost/qr.js"]
    )


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"turn": 12},
        {"turn": 45},
        {"turn": 97},
        {"turn": 180},
        {"turn": 263},
        {"tilt": 0.12},
        {"tilt": 0.22, "turn": 20},
        {"blur": 1.6},
        {"light": 0.25, "noise": 12},
        {"noise": 60},
        {"shadow": True, "noise": 10},
        {"share": 0.35},
        {"share": 0.95, "turn": 3},
        {"tilt": 0.15, "turn": 200, "blur": 1.0, "light": 0.6, "noise": 25, "shadow": True},
    ],
    ids=str,
)
def test_a_pass_is_read_however_it_is_held(read: Read, how: dict[str, Any]) -> None:
    assert read(frames.frame(frames.code(PASS), **how)) == PASS


@pytest.mark.parametrize("version", range(1, 11))
def test_every_size_and_every_level_of_correction_is_read(read: Read, version: int) -> None:
    for error in ("lq", "mh")[version % 2]:
        text = "".join(chr(97 + (7 * n + version) % 26) for n in range(4 + 3 * version))
        found = read(frames.frame(frames.code(text, version=version, error=error), share=0.85, turn=5))
        assert found == text, error


@pytest.mark.parametrize("text", ["8674025913", "U2T-2564 TAMBON/60", "ตำบลหนองหลวง", "A", "0", "12"])
def test_digits_capitals_and_thai_are_read(read: Read, text: str) -> None:
    assert read(frames.frame(frames.code(text), share=0.6, turn=-8)) == text


def test_a_code_with_a_hole_in_it_is_mended(read: Read) -> None:
    code = frames.code(PASS, error="h")
    middle = code.width * 0.55
    ImageDraw.Draw(code).ellipse(
        (middle, middle, middle + code.width * 0.16, middle + code.width * 0.16), fill="red"
    )
    assert read(frames.frame(code)) == PASS


def test_what_is_not_a_code_reads_as_nothing(read: Read) -> None:
    grey = Image.new("RGB", (320, 240), (128, 128, 128))
    assert read(frames.frame(grey, noise=90)) is None
    broken = frames.code(PASS, error="l")
    pen = ImageDraw.Draw(broken)
    for n in range(0, broken.width, 40):
        pen.rectangle((n, broken.height * 0.45, n + 22, broken.height * 0.75), fill="black")
    assert read(frames.frame(broken)) is None


def test_the_code_of_a_page_fits_what_the_reader_knows() -> None:
    longest = "https://" + "a" * 60 + ".ac.th/orientation/p/" + "x" * 22
    assert int(segno.make_qr(longest, error="m").version) <= 10


ASK = "async ([name, text]) => (await import('http://localhost/people.js'))[name](text)"


@pytest.mark.parametrize(
    "name", ["นายก๊กเฮง เพ็ชรน้ำหนึ่ง", "น.ส.เเก้ว ฯลฯ ๆ", "ก ํา", "Müller-Özil Ångström", "ว่าที่ ร.ต. ๑๒๓", "ฤๅษี ญาณ์"]
)
def test_the_desk_searches_by_the_same_key_as_the_server(scripts: Any, name: str) -> None:
    assert scripts.evaluate(ASK, ["fold", name]) == fold.fold(name)


def test_a_code_reader_that_types_on_a_thai_keyboard_is_understood(scripts: Any) -> None:
    assert scripts.evaluate(ASK, ["latin", "้ะะยห"]) == "https"
    assert scripts.evaluate(ASK, ["latin", "นพรำืะฟะรนื"]) == "orientation"
    assert scripts.evaluate(ASK, ["latin", PASS]) == PASS
    assert scripts.evaluate(ASK, ["tokenIn", PASS]) == scanning.token_in(PASS) == PASS[-22:]
    assert scripts.evaluate(ASK, ["digest", PASS[-22:]]) == scanning.digest(PASS[-22:])
