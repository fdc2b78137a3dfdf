"""Land before any plan: links, barriers, walking, workload, and the shapes that plans give back."""
