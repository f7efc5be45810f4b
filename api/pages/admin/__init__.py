"""``/admin``: keys, approval rules, sources and webhooks of a customer, for those whose key administers them."""
