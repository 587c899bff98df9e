"""DuckDB: window functions for maximal intervals, range joins for the conditions."""

from __future__ import annotations

from pathlib import Path

from benchmarks.engines.rows import Row, read_params

_LOG = """
create or replace table log as select * from read_csv('{csv}', header=true, columns={{
  'time': 'BIGINT', 'event': 'VARCHAR', 'party': 'BIGINT', 'ref': 'VARCHAR'}});
"""

_STATES = """
create or replace table bound as
  with f as (select party, time, event='join' as up from log
             where event in ('join', 'leave')),
       g as (select *, coalesce(lag(up) over (partition by party order by time), false)
             as was from f),
       h as (select party, time s, up, coalesce(lead(time) over (
             partition by party order by time), {horizon}) e from g where up<>was)
  select party, s, e from h where up and s<e;
create or replace table truce as
  with f as (select time, event='truce_start' as up from log where event like 'truce%'),
       g as (select *, coalesce(lag(up) over (order by time), false) as was from f),
       h as (select time s, up, coalesce(lead(time) over (order by time), {horizon}) e
             from g where up<>was)
  select s, e from h where up and s<e;
create or replace table in_force as
  with d as (select s as t, 1 as x from bound
             union all select e, -1 from bound where e<{horizon}),
       a as (select t, sum(x) x from d group by t),
       c as (select t, sum(x) over (order by t) >= {quorum} as up from a),
       g as (select *, coalesce(lag(up) over (order by t), false) as was from c),
       h as (select t s, up, coalesce(lead(t) over (order by t), {horizon}) e
             from g where up<>was)
  select s, e from h where up and s<e;
create or replace table gate as
  select greatest(a.s,b.s) s, least(a.e,b.e) e
  from in_force a join truce b on a.s<b.e and b.s<a.e;
create or replace table restraint as
  select r.party, greatest(r.s,g.s) s, least(r.e,g.e) e
  from bound r join gate g on r.s<g.e and g.s<r.e;
"""

_DUTIES = """
create or replace table owed as
  select r.party, b.ref, b.time s, b.time+{respond_hours} due
  from (select time, ref from log where event='breach') b
  join gate g on g.s<b.time and b.time<=g.e
  join bound r on r.s<b.time and b.time<=r.e;
create or replace table duty as
  select o.*, p.r from owed o left join (
    select party, ref, min(time) r from log where event='respond' group by all) p
  using (party, ref);
"""

_ROWS = """
select subject, party, ref, status, s, least(e,{horizon}) e from (
  select 'party' subject, party, '' as ref, 'ratified' status, s, e from bound
  union all select 'ceasefire', -1, '', 'holds', s, e from truce
  union all select 'instrument', -1, '', 'in_force', s, e from in_force
  union all select 'restraint', party, '', 'active', s, e from restraint
  union all select 'respond', party, ref, 'pending', s,
    case when r<=due then r else due end from duty
  union all select 'respond', party, ref, 'fulfilled', r, {horizon} from duty where r<=due
  union all select 'respond', party, ref, 'violated', due, coalesce(r,{horizon})
    from duty where r is null or r>due
  union all select 'respond', party, ref, 'remedied', r, {horizon} from duty where r>due
) where s<least(e,{horizon})
"""


def run(folder: Path) -> list[Row]:
    """Read, evaluate and give the rows."""
    import duckdb

    params = read_params(folder)
    facts = {
        "csv": str(folder / "events.csv"),
        "horizon": params.horizon,
        "quorum": params.quorum,
        "respond_hours": params.respond_hours,
    }
    connection = duckdb.connect()
    connection.execute("set threads=2")
    for part in (_LOG, _STATES, _DUTIES):
        connection.execute(part.format(**facts))
    rows: list[Row] = connection.execute(_ROWS.format(**facts)).fetchall()
    return rows
