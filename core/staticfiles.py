"""Where the files of the look are served from: under a name with a print of their content, which a browser may keep for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "js/*.js"  # what others made names no file of theirs; their comments look as if they did


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The imports of our modules name the print too: after an update no old module meets a new one."""

    _imports = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]
    patterns = (*CompressedManifestStaticFilesStorage.patterns, (OURS, _imports))
