"""The page in a stranger's hands: hints, languages, forms, two tabs, keys, hostile words."""

from playwright.async_api import Page, expect

from tests.changes import changed
from tests.demo.installation import Installation
from tests.demo.talker import Press, Talker
from tests.rig.processes import Workshop

HOSTILE = [
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    '"><svg onload=window.hit=1>',
    "javascript:window.hit=1",
    "</textarea><script>window.hit=1</script>",
    "&lt;b&gt; &amp; ${window.hit=1} {{window.hit=1}}",
    "\u202eevil <!-- --> \u202c",
    "a" * 150,
]


async def test_a_newcomer_is_told_what_to_type(sam: Talker, mia: Talker) -> None:
    await expect(sam.pane).to_contain_text("You are Sam, just back from a customer.")
    await expect(mia.pane).to_contain_text("it is put before you here")
    await expect(sam.page.get_by_role("region", name="CRM")).to_contain_text("“Müller”")
    await expect(sam.box).to_be_focused()
    await expect(sam.pane.get_by_text("You are Sam")).to_be_in_viewport()
    await sam.pane.get_by_role("button", name="record Record a customer appointment").click()
    await sam.asked("Which customer did you meet?")
    await expect(sam.pane.locator(".empty")).to_be_hidden()


async def test_each_person_reads_in_their_own_language(sam: Talker, mia: Talker) -> None:
    await sam.pane.get_by_role("button", name="Deutsch").click()
    await sam.told("Ab jetzt spreche ich Deutsch.")
    await expect(sam.pane).to_contain_text("Vertrieb")
    await expect(sam.box).to_have_attribute("placeholder", "Antwort oder Befehl eintippen")
    await expect(sam.pane.get_by_role("button", name="Deutsch")).to_have_attribute(
        "aria-pressed", "true"
    )
    await expect(mia.box).to_have_attribute("placeholder", "Type an answer or a command")
    await sam.types("erfassen")
    await sam.asked("Welchen Kunden hast du getroffen?")
    await sam.types("Premium Aerotec GmbH")
    await sam.asked("Hat der Termin stattgefunden?")
    await sam.answers(Press("Ja"))
    await sam.types("gestern 14 Uhr")
    await sam.asked("Wer war dabei?")
    await expect(sam.newest).to_contain_text(", 14:00")
    await sam.page.reload()
    await expect(sam.pane).to_contain_text("Vertrieb")
    await sam.asked("Wer war dabei?")
    await sam.pane.get_by_role("button", name="English").click()
    await sam.told("From now on I speak English.")
    await expect(sam.pane).to_contain_text("Sales manager")


async def test_a_further_language_stands_beside_the_two(page: Page, own_workshop: Workshop) -> None:
    playbook = own_workshop.directory / "french.toml"
    playbook.write_text(changed("plain", "A further language"), encoding="utf-8")
    demo = Installation(own_workshop, "demo", DEALDESK_PLAYBOOK=str(playbook))
    demo.program.start()
    await page.goto(demo.url)
    sam = Talker(page, "Sam")
    await sam.pane.get_by_role("button", name="Français").click()
    await sam.told("Désormais : Français.")
    pressed = sam.pane.get_by_role("button", name="Français")
    await expect(pressed).to_have_attribute("aria-pressed", "true")
    await expect(pressed).to_be_focused()
    await expect(sam.pane).to_have_attribute("lang", "fr")
    await expect(sam.pane.get_by_role("button", name="Envoyer")).to_be_visible()
    await expect(sam.box).to_have_attribute("placeholder", "Type an answer or a command")


async def begun(sam: Talker) -> None:
    await sam.types("record")
    await sam.asked("Which customer did you meet?")
    await sam.types("Premium Aerotec GmbH")
    await sam.asked("Did the appointment take place?")
    await sam.answers(Press("Yes"))
    await sam.asked("When was it?")


async def test_a_form_page_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(
    sam: Talker,
) -> None:
    await begun(sam)
    await sam.button("Fill in as a form").click()
    form = sam.page.get_by_role("dialog", name="Appointment record")
    when = form.get_by_label("When was it?")
    await when.fill("some day")
    await form.get_by_label("Who was there?").fill("Ms Brandt")
    await form.get_by_label("What was discussed?").fill("Benches")
    await form.get_by_role("radio", name="4").check()
    await form.get_by_role("button", name="Next").click()
    field = form.locator("[data-question=met_on]")
    await expect(field.locator(".error")).to_contain_text("I can't read a date and time there")
    await expect(form.locator(".error").filter(has_text="I can't")).to_have_count(1)
    await expect(when).to_have_attribute("aria-invalid", "true")
    await expect(when).to_be_focused()
    await expect(when).to_have_value("some day")
    await expect(form.get_by_label("Who was there?")).to_have_value("Ms Brandt")
    await expect(form.get_by_role("radio", name="4")).to_be_checked()
    await when.fill("yesterday 9 am")
    await form.get_by_role("button", name="Next").click()
    await expect(form.get_by_label("Who was there?")).to_have_count(0)
    await expect(sam.newest).to_contain_text("Appointment record · Premium Aerotec GmbH")


async def test_a_form_page_that_was_closed_or_reloaded_still_holds_what_was_typed(
    sam: Talker,
) -> None:
    await begun(sam)
    await sam.button("Fill in as a form").click()
    form = sam.page.get_by_role("dialog")
    await form.get_by_label("Who was there?").fill("Dr. Keller")
    await form.get_by_role("radio", name="2").check()
    await form.get_by_role("button", name="Close").click()
    await expect(form).to_have_count(0)
    await sam.page.reload()
    await sam.asked("When was it?")
    await sam.button("Fill in as a form").click()
    await expect(form.get_by_label("Who was there?")).to_have_value("Dr. Keller")
    await expect(form.get_by_role("radio", name="2")).to_be_checked()
    await form.press("Escape")
    await expect(form).to_have_count(0)


async def test_a_reload_in_the_middle_changes_nothing(sam: Talker) -> None:
    await begun(sam)
    await sam.box.fill("half an ans")
    said = await sam.messages.all_inner_texts()
    buttons = await sam.pane.locator(".log button").all_inner_texts()
    await sam.page.reload()
    await sam.asked("When was it?")
    assert await sam.messages.all_inner_texts() == said
    assert await sam.pane.locator(".log button").all_inner_texts() == buttons
    await expect(sam.box).to_have_value("half an ans")
    await sam.types("yesterday 14:00")
    await sam.asked("Who was there?")


async def test_two_tabs_show_the_same_conversation(sam: Talker, demo: Installation) -> None:
    page = await sam.page.context.new_page()
    await page.goto(demo.url)
    other = Talker(page, "Sam")
    await begun(sam)
    await other.asked("When was it?")
    await other.types("yesterday 14:00")
    await sam.asked("Who was there?")
    await expect(sam.pane.locator(".msg.own p").last).to_have_text("yesterday 14:00")
    assert await other.messages.all_inner_texts() == await sam.messages.all_inner_texts()


async def test_nonsense_is_answered_with_what_to_type_instead(sam: Talker) -> None:
    await sam.types("what is this?")
    await sam.told("I don't know what to do with that. You can:")
    await begun(sam)
    await sam.types("yestarday")
    await expect(sam.newest.locator(".refusal")).to_contain_text("I can't read a date and time")
    await sam.asked("When was it?")


async def test_what_is_too_long_to_send_stays_in_the_box(sam: Talker) -> None:
    await sam.box.fill("x" * 70_000)
    await sam.box.press("Enter")
    await expect(sam.state).to_contain_text("too long to send: 70000 characters")
    await expect(sam.box).to_have_value("x" * 70_000)
    await sam.box.fill("help")
    await expect(sam.state).to_be_empty()
    await sam.box.press("Enter")
    await sam.told("Or type or press")


async def test_what_a_person_types_is_text_everywhere(sam: Talker) -> None:
    for words in HOSTILE:
        await sam.types("record")
        await sam.asked("Which customer did you meet?")
        await sam.types(words)
        new = sam.newest.get_by_role("button", name="New customer")
        await expect(new).to_contain_text(words.strip("\u202e\u202c")[:20])
        await new.click()
        await sam.asked("Did the appointment take place?")
        await sam.answers(Press("No"))
        await sam.types(words)
        await sam.led({}, "Is everything right? Press a line to change it.")
        await sam.answers(Press("Save"))
        await sam.told("in the CRM")
    crm = sam.page.get_by_role("region", name="CRM")
    await expect(crm.get_by_role("article")).to_have_count(len(HOSTILE))
    await expect(crm.get_by_role("heading", name=HOSTILE[0])).to_be_visible()
    assert await sam.page.evaluate("window.hit") is None
    assert await sam.page.locator("script").count() == 1
    assert await sam.page.locator("img:not(.bar img), svg:not(.icon), iframe").count() == 0


async def test_a_dialogue_is_led_with_the_keyboard_alone(sam: Talker) -> None:
    keys = sam.page.keyboard
    await expect(sam.box).to_be_focused()
    await keys.type("record")
    await keys.press("Enter")
    await sam.asked("Which customer did you meet?")
    await keys.type("Premium Aerotec GmbH")
    await keys.press("Enter")
    await sam.asked("Did the appointment take place?")
    await sam.button("Yes").focus()
    await keys.press("Enter")
    await sam.asked("When was it?")
    # The pressed button is gone; what comes next is typed, so the box has the keys.
    await expect(sam.box).to_be_focused()
    await keys.type("yesterday 14:00")
    await keys.press("Shift+Enter")
    await expect(sam.box).to_have_value("yesterday 14:00\n")
    await keys.press("Enter")
    await sam.asked("Who was there?")
    await keys.press("Shift+Tab")
    await expect(sam.button("Attach files")).to_be_focused()
    await keys.press("Shift+Tab")
    await expect(sam.button("Cancel")).to_be_focused()
    await keys.press("Enter")
    await sam.told("Discarded: Appointment record · Premium Aerotec GmbH.")


async def test_a_press_keeps_the_keys_in_the_dialogue(sam: Talker) -> None:
    await begun(sam)
    await sam.button("◀ Back").focus()
    await sam.page.keyboard.press("Enter")
    await sam.asked("Did the appointment take place?")
    await expect(sam.button("Yes")).to_be_focused()


async def test_who_reads_back_is_left_there_and_told_of_news(sam: Talker, page: Page) -> None:
    for _ in range(12):
        await sam.types("help")
    await expect(sam.pane.locator(".msg.desk")).to_have_count(12)
    log = sam.pane.get_by_role("log")
    assert await log.evaluate("(log) => log.scrollHeight - log.scrollTop - log.clientHeight") < 3
    await log.evaluate("(log) => log.scrollTo(0, 0)")
    other = Talker(await page.context.new_page(), "Sam")
    await other.page.goto(page.url)
    await other.types("status")
    newest = sam.pane.get_by_role("button", name="Newest message")
    await expect(newest).to_be_visible()
    await newest.click()
    await expect(newest).to_be_hidden()
