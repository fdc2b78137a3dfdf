"""The sample county (示例县), made from a seed."""
