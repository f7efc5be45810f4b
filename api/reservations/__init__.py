"""Money held, bound, spent and given back."""
