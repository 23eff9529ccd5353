"""How static files are kept: hashed, and in production compressed too; without source maps."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


def without_source_maps(patterns: tuple) -> tuple:
    """Leave out the rule for source maps: `collectstatic --ignore` does not bring those."""

    def text(rule: object) -> str:
        return rule if isinstance(rule, str) else rule[0]

    return tuple(
        (extension, tuple(rule for rule in rules if "sourceMappingURL" not in text(rule)))
        for extension, rules in patterns
    )


class HashedStorage(ManifestStaticFilesStorage):
    """For the demo: a first start cannot spare the time that compressing takes."""

    patterns = without_source_maps(ManifestStaticFilesStorage.patterns)


class CompressedHashedStorage(CompressedManifestStaticFilesStorage):
    patterns = without_source_maps(CompressedManifestStaticFilesStorage.patterns)
