from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = "Fonds"

    def ready(self) -> None:
        from accounts.second_factor import register_writers
        from budget import (
            cost_panel,
            drafts,
            panels,
            rules,
            standing,
            waiting,
            writing_drafts,
        )
        from budget.models import Mandate
        from budget.reports import documents
        from governance.domain.organisation import one_at_a_time

        standing.watch()
        rules.register()
        drafts.register()
        writing_drafts.register()
        waiting.register()
        panels.register_panels()
        documents.register()
        cost_panel.register_panels()
        register_writers(rules.can_write)
        one_at_a_time(
            Mandate,
            ("fund", "user", "act", "line"),
            "Deze persoon heeft dit mandaat in die tijd al.",
        )
