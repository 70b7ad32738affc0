"""Faults that are tried and not imagined: kill -9, a full disk, a database that is gone, rivals."""
