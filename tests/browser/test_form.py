"""The form: one question a step with scripts, one page without; nothing that was typed is lost in either."""

import re
from pathlib import Path

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, Visits
from tests.browser.filing import NUMBER, calm, check, fill, found, onward, picture, question, step, stories, values
from tests.browser.seed import STORY
from tests.site import Site

pytestmark = pytest.mark.slow
TOPICS = [{"code": "S08.001", "name": "Bendungan", "group": "S08"},
          {"code": "S04", "name": "Kesehatan", "group": "S04"}]
URGENT = {"title": "Kalau ada yang terluka, telepon dulu", "text": "Aduan tidak dibaca saat itu juga.",
          "numbers": [["Gawat darurat", "119"], ["Darurat", "112"]]}
NEAR = [{"number": "JTM-7K3M-9QXF", "excerpt": "Lampu jalan di depan puskesmas padam", "place": "Kabupaten Nganjuk",
         "state": "waiting", "state_text": "Menunggu jawaban", "filed_on": "2026-11-20", "supports": 3,
         "likeness": 0.8, "sure": True}]
HEAVIEST = 28_000
"""Bytes of the page with its scripts, compressed as well as can be."""


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_one_question_at_a_time_forth_and_back(site: Site, visits: Visits, viewport: ViewportSize) -> None:
    page = visits.open(site.address + "/aduan", viewport=viewport)
    calm(page)
    expect(page.locator("#langkah")).to_have_text("Langkah 1 dari 7")
    page.locator("#text").fill(STORY)
    asked = []
    while not page.locator("#aduan .step").last.is_visible():
        if page.locator("#region").is_visible():
            page.locator("#region").select_option("35.18")
        step(page)
        asked.append(heading(page))
        expect(page.locator("h1")).to_be_focused()
        assert page.locator("#aduan .step:visible").count() == 1
        assert asked[-1] in page.title()
    assert asked == ["Tentang apa?", "Di mana?", "Kapan terjadi?", "Ada fotonya?",
                     "Siapa yang boleh membaca cerita ini?", "Periksa, lalu kirim"]
    for name in reversed(asked[:-1]):
        page.go_back()
        expect(page.locator("h1")).to_have_text(name)
    page.go_back()
    expect(page.locator("#text")).to_have_value(STORY)
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Tentang apa?")
    page.get_by_role("button", name="Kembali").click()
    expect(page.locator("#langkah")).to_have_text("Langkah 1 dari 7")


def test_a_step_says_what_is_wrong_with_it(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan")
    calm(page)
    onward(page)
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Perlu diperbaiki"))
    summary.get_by_role("link", name="Ceritakan apa yang terjadi.").click()
    expect(page.locator("#text")).to_be_focused()
    assert "text-error" in (page.locator("#text").get_attribute("aria-describedby") or "")
    page.locator("#text").fill(STORY)
    question(page, "region")
    onward(page)
    expect(page.locator("#region-error")).to_be_visible()
    page.locator("#region").select_option("35.18")
    page.locator("#district").fill("Tidak Ada Begitu")
    check(page)
    # Only the server knows the districts: the check leads back to the question.
    expect(page.locator("#district-error")).to_be_visible()
    expect(page.locator("#district")).to_have_value("Tidak Ada Begitu")
    page.locator("#district").fill("kec. kertosono")
    check(page)
    expect(page.locator(".check")).to_contain_text("Kecamatan Kertosono")


def test_from_the_check_an_answer_is_changed_and_back(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan")
    calm(page)
    fill(page, f"{STORY}. Telepon 0812-3456-7890.")
    check(page)
    expect(page.locator(".check")).to_contain_text("1 nomor telepon")
    expect(page.locator(".check")).not_to_contain_text("0812")
    page.get_by_role("button", name="Ubah Kapan").click()
    page.get_by_role("button", name="Kemarin").click()
    onward(page)
    expect(page.locator("h1")).to_have_text("Periksa, lalu kirim")
    expect(page.locator(".check")).not_to_contain_text("Tidak disebut")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", values(page)["happened_on"])


def test_suggestions_fill_the_list_and_urgent_numbers_can_be_called(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan")
    calm(page, {"topics": TOPICS, "urgent": URGENT, "level": None, "destination": None}, NEAR)
    page.locator("#text").fill(STORY)
    call = page.get_by_role("link", name="Gawat darurat 119")
    expect(call).to_have_attribute("href", "tel:119")
    question(page, "category")
    assert values(page)["category"] == "", "never forced"
    page.get_by_role("button", name="Bendungan").click()
    expect(page.locator("#topic")).to_have_value("S08.001")
    question(page, "region").select_option("35.18")
    onward(page)
    expect(page.locator("h1")).to_have_text("Mungkin sudah ada yang melaporkan")
    form = page.locator(".alike form")
    assert form.get_attribute("action") == "/aduan/JTM-7K3M-9QXF/saya-juga" and form.get_attribute("method") == "post"
    page.get_by_role("button", name="Aduan saya lain, lanjutkan").click()
    expect(page.locator("h1")).to_have_text("Kapan terjadi?")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Di mana?")


def test_photos_are_made_smaller_sent_and_filed(site: Site, visits: Visits, tmp_path: Path) -> None:
    page = visits.open(site.address + "/aduan")
    calm(page)
    files = [picture(tmp_path, page, f"{name}.jpg", name) for name in ("red", "blue", "green")]
    story = f"{STORY}, dengan foto."
    page.locator("#text").fill(story)
    question(page, "region").select_option("35.18")
    step(page)
    step(page)
    sizes: list[int] = []
    page.on("request", lambda request: sizes.append(len(request.post_data_buffer or b""))
            if request.url.endswith("/foto") else None)
    page.locator("#photos input[type=file]").set_input_files(files[:2])
    expect(page.locator("#photos li").nth(1)).to_contain_text("Sudah kami terima.")
    page.reload()
    expect(page.locator("#photos li")).to_have_count(2)
    page.locator("#photos input[type=file]").set_input_files(files[2])
    expect(page.locator("#photos li").nth(2)).to_contain_text("Sudah kami terima.")
    expect(page.locator("#photos input[type=file]")).to_be_hidden()
    page.locator("#photos li").first.get_by_role("button", name="Hapus").click()
    expect(page.locator("#photos li")).to_have_count(2)
    check(page)
    expect(page.locator(".check")).to_contain_text("2 foto")
    onward(page)
    found(page, NUMBER)
    assert len(sizes) == 3 and all(0 < size < 400_000 for size in sizes), "once each, made smaller"
    assert len(stories(site, story)) == 1


def test_without_scripts_photos_and_the_check_work_too(site: Site, visits: Visits, tmp_path: Path) -> None:
    page = visits.open(site.address + "/aduan", scripts=False)
    story = f"{STORY}, tanpa skrip. Surel saya budi@contoh.id."
    fill(page, story)
    page.locator("#photo-1").set_input_files(picture(tmp_path, page, "a.jpg", "purple"))
    onward(page)
    expect(page.locator(".letter")).not_to_contain_text("budi@contoh.id")
    expect(page.locator("main")).to_contain_text("1 alamat surel")
    expect(page.locator("main")).to_contain_text("1 foto")
    page.get_by_role("button", name="Ubah Tempat").click()
    assert page.url.endswith("/aduan#region")
    expect(page.locator("#text")).to_have_value(story)
    page.locator("#place").fill("depan pasar")
    onward(page)
    expect(page.locator("main")).to_contain_text("depan pasar")
    page.get_by_role("button", name="Kirim aduan").click()
    found(page, NUMBER)
    assert len(stories(site, story)) == 1


@pytest.mark.parametrize("lang", ["", "/en"])
def test_every_step_can_be_used_by_everyone(site: Site, visits: Visits, lang: str) -> None:
    page = visits.open(site.address + lang + "/aduan", scheme="dark" if lang else "light",
                       viewport=DESK if lang else PHONE)
    calm(page, {"topics": TOPICS, "urgent": URGENT, "level": None, "destination": None}, NEAR)
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    onward(page)
    page.locator("#text").fill(STORY)
    expect(page.get_by_role("link", name="112")).to_be_visible()
    seen = 0
    while True:
        if page.locator("#region").is_visible():
            page.locator("#region").select_option("35.18")
        if page.locator(".check").count():
            expect(page.locator(".check")).to_be_visible()
        said = Axe().run(page)
        assert said.violations_count == 0, f"{heading(page)}: {said.generate_report()}"
        usual = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate(wide) <= 0, f"{heading(page)}: 320 px"
        page.set_viewport_size({"width": 640, "height": 800})
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        assert page.evaluate(wide) <= 0, f"{heading(page)}: text at 200 %"
        page.evaluate("() => { document.documentElement.style.fontSize = '' }")
        page.set_viewport_size(usual or PHONE)
        seen += 1
        if page.locator(".check").count():
            break
        page.locator("main .button:not(.button-plain):visible").last.click()
        page.wait_for_timeout(300)
    assert seen == 8, "seven questions, and the similar ones"


def test_the_keyboard_is_enough(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan", viewport=DESK)
    calm(page)
    story = f"{STORY}, dengan papan ketik."

    def tab_to(target: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(target) => document.activeElement.matches(target)", target):
                return
        raise AssertionError(f"the keyboard does not reach {target}")

    tab_to("#text")
    page.keyboard.type(story)
    for _ in range(7):
        if page.locator("#region").is_visible():
            tab_to("#region")
            page.keyboard.type("Kabupaten Nganjuk")
        before = page.locator("#langkah").inner_text()
        tab_to("form#aduan > .actions > [type=submit]")
        page.keyboard.press("Enter")
        if "7" not in before.split()[1]:
            expect(page.locator("#langkah")).not_to_have_text(before)
            page.wait_for_timeout(200)
    found(page, NUMBER)
    assert len(stories(site, story)) == 1


def test_what_a_filer_must_load_stays_small(site: Site, visits: Visits) -> None:
    page = visits.open(site.address + "/aduan")
    addresses = [site.address + "/aduan", *page.evaluate("() => [...document.scripts].map((one) => one.src)")]
    bodies = [page.request.get(address).body() for address in addresses]
    assert sum(len(brotli.compress(body)) for body in bodies) < HEAVIEST
    assert all(b"\n//" not in body and not body.startswith(b"//") for body in bodies[1:]), "sent with its comments"
