-- Changing Observations: their id is their key, so that one whose time changed has moved.

-- Where an Observation is now; its old id keeps leading to it.
create table observation_moved (
  municipality_id   integer not null,
  datastream_id     integer not null,
  phenomenon_time   timestamptz not null,
  seq               smallint not null,
  now_datastream_id integer not null,
  now_time          timestamptz not null,
  now_seq           smallint not null,
  primary key (municipality_id, datastream_id, phenomenon_time, seq),
  foreign key (municipality_id, datastream_id) references datastream on delete cascade,
  foreign key (municipality_id, now_datastream_id) references datastream on delete cascade
);
create index observation_moved_now on observation_moved (municipality_id, now_datastream_id, now_time, now_seq);
call wall('observation_moved');
call classify('observation_moved', 'not personal', 'municipality_id', 'datastream_id', 'phenomenon_time', 'seq',
  'now_datastream_id', 'now_time', 'now_seq');

-- Works out the newest Observation and the span of a Datastream again, after one was changed or deleted.
create function refresh_latest(municipality integer, datastream integer) returns void
  language plpgsql as $$
declare
  newest observation;
begin
  select * into newest from observation
  where municipality_id = municipality and datastream_id = datastream and phenomenon_time <= now() + interval '1 hour'
  order by phenomenon_time desc, seq desc limit 1;
  if not found then -- only what a wrong clock dated into the future
    select * into newest from observation
    where municipality_id = municipality and datastream_id = datastream
    order by phenomenon_time desc, seq desc limit 1;
  end if;
  if not found then
    delete from datastream_latest where municipality_id = municipality and datastream_id = datastream;
    return;
  end if;
  insert into datastream_latest as l (municipality_id, datastream_id, phenomenon_time, result, result_time, feature_id,
    details, seq, first_time, last_time, first_result_time, last_result_time)
  select municipality, datastream, newest.phenomenon_time, newest.result, newest.result_time, newest.feature_id,
    newest.details, newest.seq, min(phenomenon_time),
    max(coalesce(at_micros((details ->> 'end')::bigint), phenomenon_time)),
    min(coalesce(result_time, phenomenon_time)), max(coalesce(result_time, phenomenon_time))
  from observation where municipality_id = municipality and datastream_id = datastream
  on conflict (municipality_id, datastream_id) do update set
    phenomenon_time = excluded.phenomenon_time, result = excluded.result, result_time = excluded.result_time,
    feature_id = excluded.feature_id, details = excluded.details, seq = excluded.seq,
    first_time = excluded.first_time, last_time = excluded.last_time,
    first_result_time = excluded.first_result_time, last_result_time = excluded.last_result_time;
end $$;
