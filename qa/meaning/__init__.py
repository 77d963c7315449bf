"""What sentences mean, as vectors that an optional encoder makes; off unless an index has them."""
