from functools import partial

import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def page():
    """Opens an address of a fund for somebody: `page(user, "fund", house.fund)`."""

    def opened(user, name, fund, *args, data=None, **query):
        browser = Client()
        if user is not None:
            browser.force_login(user)
        url = reverse(f"budget:{name}", args=[fund.region.slug, fund.slug, *args])
        call = browser.get if data is None else partial(browser.post, follow=True)
        return call(url, query if data is None else data)

    return opened


@pytest.fixture
def text():
    """What stands on a page, without its tags and with plain spaces."""
    import re
    from html import unescape

    def plain(response):
        body = response.content.decode()
        body = body[body.index("<main") :]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").split())

    return plain
