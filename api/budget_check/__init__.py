"""Is this purchase covered?"""
