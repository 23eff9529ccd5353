from django.apps import AppConfig


class RegiovisieConfig(AppConfig):
    name = "regiovisie"
    verbose_name = "Regiovisie"
