"""``GET /api/dashboard/stats``."""
