"""Secret tokens: 32 random bytes for the person, only the sha256 for the database."""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
