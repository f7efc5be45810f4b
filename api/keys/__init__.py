"""API keys as their customers administer them."""
