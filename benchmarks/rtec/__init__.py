"""The normative logs of RTEC, as cases: how long each takes."""
