from tests.accounts.conftest import sign_in

PAGE = "/account/mail/"


def test_somebody_chooses_one_mail_a_day_and_sees_it(reader):
    browser = sign_in(reader)
    done = browser.post(PAGE, {"mail_pace": "daily"}, follow=True)
    assert done.redirect_chain == [("/account/mijn-gegevens/", 302)]
    assert "Op werkdagen één mail, om 7.00 uur" in done.content.decode()
    reader.refresh_from_db()
    assert reader.mail_pace == "daily"


def test_nothing_chosen_changes_nothing(reader):
    page = sign_in(reader).post(PAGE, {"mail_pace": "weekly"})
    assert list(page.context["form"].errors) == ["mail_pace"]
    reader.refresh_from_db()
    assert reader.mail_pace == "at_once"
