"""Checks of `manage.py check` that watch what runs out."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register

from core import clock


@register
def security_txt_is_valid(**_: Any) -> list[CheckWarning]:
    if not settings.PRODUCTION:
        return []
    expires = settings.SECURITY_TXT_EXPIRES
    if not (expires and settings.CONTACT_EMAIL):
        sentence = "Er is geen security.txt: vul CONTACT_EMAIL en SECURITY_TXT_EXPIRES in."
    elif expires <= clock.today() + timedelta(days=30):
        sentence = f"security.txt verloopt op {expires}: zet SECURITY_TXT_EXPIRES verder."
    elif expires > clock.today() + timedelta(days=366):
        sentence = "SECURITY_TXT_EXPIRES ligt meer dan een jaar vooruit; RFC 9116 raadt dat af."
    else:
        return []
    return [CheckWarning(sentence, id="regiovisie.W001")]
