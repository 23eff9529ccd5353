from django.apps import AppConfig


class RegiovisieConfig(AppConfig):
    name = "regiovisie"
    verbose_name = "Regiovisie"

    def ready(self) -> None:
        from regiovisie import checks  # noqa: F401 - registers them
