from django.apps import AppConfig


class RegioagendaConfig(AppConfig):
    name = "regioagenda"
    verbose_name = "Regioagenda"
