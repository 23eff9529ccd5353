from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Mensen en aanmelden"

    def ready(self) -> None:
        from accounts import log  # noqa: F401 - connects the log lines to their signals
