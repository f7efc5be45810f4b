"""What a customer lets pass without a person."""
