from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = "Bestuur en besluitvorming"

    def ready(self) -> None:
        from accounts.second_factor import register_writers
        from governance import documents, drafts, rules, standing

        standing.watch()
        drafts.register()
        documents.register()
        register_writers(rules.can_write)
