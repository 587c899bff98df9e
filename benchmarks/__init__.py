"""The figures that the README quotes; `make bench` prints them.

`benchmarks.run` measures whole commands; a room's own measurements stand in a folder
of the room's name and run as `python -m benchmarks.<room>`. Nothing here is a test:
a figure is read by a person, on a machine that is named beside it.
"""
