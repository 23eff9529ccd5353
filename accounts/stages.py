"""Steps of signing in."""

from typing import Any

from allauth.mfa.stages import AuthenticateStage

from accounts import devices
from accounts.domain import use_device


class SecondFactorStage(AuthenticateStage):
    """Asks for the code, unless the device is trusted: then the session may only read."""

    def handle(self) -> tuple[Any, bool]:
        user = self.login.user
        device = devices.trusted_device(self.request, user) if user else None
        if device is not None:
            use_device(device)
            return None, True
        return super().handle()
