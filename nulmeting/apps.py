from django.apps import AppConfig


class NulmetingConfig(AppConfig):
    name = "nulmeting"
