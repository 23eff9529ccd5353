"""Strict reading of the environment: all mistakes at once, each a sentence with the variable."""

import shutil
from collections.abc import Callable
from typing import NoReturn

from environs import Env, EnvValidationError, ValidationError

SENTENCES = {
    "Not a valid boolean.": "kies true of false.",
    "Not a valid integer.": "vul een heel getal in.",
    "Not a valid date.": "vul een datum in als 2027-01-31.",
    "Not a valid database URL.": "vul een adres in als postgres://naam:wachtwoord@server:5432/naam.",
}


def refuse(mistakes: list[str]) -> NoReturn:
    lines = "\n".join(f"  - {mistake}" for mistake in mistakes)
    raise SystemExit(f"Regiovisie start niet, want de instellingen kloppen niet:\n{lines}")


def seal(env: Env) -> None:
    """Stops the start when a variable has a wrong value; the value itself may be a secret."""
    try:
        env.seal()
    except EnvValidationError as error:
        messages = dict(error.error_messages)  # type: ignore[arg-type]
        refuse(
            [
                f"{name}: {SENTENCES.get(str(message), message)}"
                for name, found in messages.items()
                for message in found
            ]
        )


def at_least(minimum: int) -> Callable[[int], None]:
    def check(value: int) -> None:
        if value < minimum:
            raise ValidationError(f"vul een getal van {minimum} of hoger in.")

    return check


def one_of(*choices: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value not in choices:
            raise ValidationError(f"kies uit {', '.join(choices)}.")

    return check


def starts_with(*beginnings: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if not value.startswith(beginnings):
            raise ValidationError(f"moet beginnen met {' of '.join(beginnings)}.")

    return check


def program_or(*words: str) -> Callable[[str], None]:
    """A program that is there, one of the words, or nothing."""

    def check(value: str) -> None:
        if value and value not in words and shutil.which(value) is None:
            raise ValidationError(f"wijs een programma aan dat er is, of kies {', '.join(words)}.")

    return check
