"""One township solved: first plan, repair, least change, improvement."""
