"""Processing provider `linzhang`: thin algorithms over core."""
