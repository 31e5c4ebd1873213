"""A fleet of gateways that comes back all at once, against the local stack and nothing else; see bench/storm/__main__.py."""
