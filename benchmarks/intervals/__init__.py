"""The interval operators alone: nanoseconds for each interval that goes in."""
