from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = "Bestuur en besluitvorming"

    def ready(self) -> None:
        from governance import drafts, standing

        standing.watch()
        drafts.register()
