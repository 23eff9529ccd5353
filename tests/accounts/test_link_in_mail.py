"""A link in a mail lands on its page after signing in, also past the second factor."""

from tests.accounts.conftest import PASSWORD, code

PAGE = "/account/mail/"


def test_a_reader_lands_on_the_page(client, reader):
    asked = client.get(PAGE)
    assert asked.url == f"/account/aanmelden/?next={PAGE}"
    data = {"login": reader.email, "password": PASSWORD}
    assert client.post(asked.url, data).url == PAGE


def test_a_writer_lands_there_after_the_code(client, writer):
    asked = client.get(PAGE)
    factor = client.post(asked.url, {"login": writer.email, "password": PASSWORD}, follow=True)
    where = factor.redirect_chain[-1][0]
    assert where.startswith("/account/tweede-factor/")
    assert client.post(where, {"code": code()}).url == PAGE
