"""What moves in a circle through time, against a loop written for it by hand."""
