from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = "Bestuur en besluitvorming"

    def ready(self) -> None:
        from accounts.second_factor import register_writers
        from governance import (
            documents,
            documents_book,
            drafts,
            list_document,
            local_panels,
            rules,
            rules_items,
            standing,
        )

        standing.watch()
        rules_items.register()
        drafts.register()
        documents.register()
        list_document.register()
        local_panels.register_panels()
        documents_book.register()
        register_writers(rules.can_write)
