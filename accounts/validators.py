"""Password rules whose sentence Django has no Dutch for."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    def validate(self, password, user=None):
        if len(password) < self.min_length:
            raise ValidationError(
                f"Dit wachtwoord is te kort. Gebruik minstens {self.min_length} tekens.",
                code="password_too_short",
            )

    def get_help_text(self):
        return f"Gebruik minstens {self.min_length} tekens."
