"""The cache when Redis is away: each process remembers for itself. Pages and sign-in go on.

What stands in the cache is never the only copy. Limits on attempts are counted there too: without
Redis every web process counts its own, so that a limit holds, if less strictly.
"""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger("core.cache")


def _first_redis(name: str) -> Callable[..., Any]:
    """The act of this name on Redis, or on the memory of this process while Redis is away."""
    asked = getattr(RedisCache, name)

    def act(self: "ForgivingRedisCache", *args: Any, **kwargs: Any) -> Any:
        try:
            return asked(self, *args, **kwargs)
        except RedisError as error:
            log.warning("cache away", act=name, error=type(error).__name__)
            return getattr(self.near, name)(*args, **kwargs)

    return act


class ForgivingRedisCache(RedisCache):
    """Redis as a cache that may be away for a while."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.near = LocMemCache("away", {})

    get = _first_redis("get")
    get_many = _first_redis("get_many")
    set = _first_redis("set")
    set_many = _first_redis("set_many")
    add = _first_redis("add")
    incr = _first_redis("incr")
    touch = _first_redis("touch")
    delete = _first_redis("delete")
    delete_many = _first_redis("delete_many")
    has_key = _first_redis("has_key")
    clear = _first_redis("clear")
