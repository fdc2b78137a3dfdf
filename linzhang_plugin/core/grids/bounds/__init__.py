"""What no plan can beat: lower bounds on the objective and on the mu that must change."""
