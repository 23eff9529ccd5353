from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = "Bestuur en besluitvorming"

    def ready(self) -> None:
        """Make the kinds of document known."""
        from governance import documents  # noqa: F401
