"""Bare slopes: detection, visibility and priority, register, regreening proof."""
