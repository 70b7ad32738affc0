"""Who writes, on letters that concern no single petition."""

from notifications.messages import Letterhead
from processes.directory.entity import EntityProfile


def letterhead_of(entity: EntityProfile) -> Letterhead:
    """The entity, and how to reach it."""
    ways = (entity.address, entity.city, entity.phone, entity.email)
    return Letterhead(entity=entity.name, contact=" · ".join(way for way in ways if way))
