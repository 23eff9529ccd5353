from django.apps import AppConfig


class RegioagendaConfig(AppConfig):
    name = "regioagenda"
    verbose_name = "Regioagenda"

    def ready(self) -> None:
        from governance.domain.organisation import one_at_a_time
        from regioagenda import drafts
        from regioagenda.models import BlockLead
        from regioagenda.panels import register_panels

        drafts.register()
        register_panels()
        one_at_a_time(
            BlockLead,
            ("block", "municipality"),
            "Deze gemeente is in die tijd al trekker van dit onderdeel.",
        )
