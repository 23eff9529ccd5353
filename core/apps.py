from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Fundament"

    def ready(self) -> None:
        # Celery finds modules named `tasks` by itself; these two are named after what they serve.
        from simple_history.signals import pre_create_historical_record

        from core import draft_tasks, mail_tasks  # noqa: F401
        from core.history import date_history_row

        pre_create_historical_record.connect(date_history_row, dispatch_uid="core.history")
