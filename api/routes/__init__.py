"""The JSON API: each route parses, calls one service, shapes the answer."""
