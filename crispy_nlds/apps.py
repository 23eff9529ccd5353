from django.apps import AppConfig


class CrispyNldsConfig(AppConfig):
    name = "crispy_nlds"
    verbose_name = "NL Design System voor crispy-forms"
