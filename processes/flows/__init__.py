"""Prefect: when the office's own work is done, and what is tried again. A body calls one service."""
