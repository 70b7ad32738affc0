"""The words that people read for the buckets of figures."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.petitions.reception_words import CHANNEL_LABELS
from processes.petitions.status import STATUS_LABELS
from processes.petitions.surveys import REPLY_LABELS
from processes.terms.kinds import KIND_LABELS

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        **{kind.value: label for kind, label in KIND_LABELS.items()},
        **{channel.value: label for channel, label in CHANNEL_LABELS.items()},
        **{status.value: label for status, label in STATUS_LABELS.items()},
        **{reply.value: label for reply, label in REPLY_LABELS.items()},
        "denied": "Se negó",
        "partly_granted": "Se accedió en parte",
    }
)


def bucket_label(bucket: str) -> str:
    """The bucket as people read it; departments and desks go by their names already."""
    return _LABELS.get(bucket, bucket)
