from django.apps import AppConfig


class NulmetingConfig(AppConfig):
    name = "nulmeting"
    verbose_name = "Nulmeting"

    def ready(self) -> None:
        from nulmeting import block_panel, drafts, rules, waiting
        from nulmeting.reports import documents

        rules.register()
        drafts.register()
        waiting.register()
        documents.register()
        block_panel.register_panels()
