from django.apps import AppConfig


class RegioagendaConfig(AppConfig):
    name = "regioagenda"
    verbose_name = "Regioagenda"

    def ready(self) -> None:
        from regioagenda.panels import register_panels

        register_panels()
