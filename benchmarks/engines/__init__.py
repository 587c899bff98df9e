"""One workload, several engines: the same rows from plain Python, SQL, ASP and Vigens.

Whole-hour times; several events may share an hour. An event at t changes the state from
t on, and conditions at t look at the state just before it.

- A party that joins is *bound* until it leaves. The pact is *in force* while at least two
  thirds are bound. The *truce* holds from its beginnings to its ends.
- *Restraint* of a party is active while it is bound, the pact in force and the truce on.
- At a breach with the pact in force and the truce on, every party then bound must respond
  within 72 hours. The instance is *pending* until the response, *fulfilled* after it, or
  *violated* from the deadline until a late response, and *remedied* after that.
- Everything that is still open is cut at the horizon.

A row is (subject, party, ref, status, start, end) in hours, the end excluded; the party is
-1 and the ref empty where there is none.
"""
