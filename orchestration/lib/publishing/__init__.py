"""Publishing: a private build becomes the one file that everybody reads, whole or not at all."""

from orchestration.lib.publishing.publisher import Publication, publish, rollback
from orchestration.lib.publishing.reading import open_published, published_file
from orchestration.lib.publishing.versions import PublishError, last_publication

__all__ = [
    "Publication",
    "PublishError",
    "last_publication",
    "open_published",
    "publish",
    "published_file",
    "rollback",
]
