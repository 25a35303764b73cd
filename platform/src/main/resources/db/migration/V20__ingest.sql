-- Writing Observations: one statement a batch (see hub/ingest).

-- Microseconds since 1970 as a time, exact over the whole range: an hour is a multiple of 1,024 us, a rest is small.
create function at_micros(us bigint) returns timestamptz
  language sql stable strict parallel safe
  as $$ select timestamptz 'epoch' + interval '1 hour' * (us / 3600000000)::float8
                                   + interval '1 microsecond' * (us % 3600000000)::float8 $$;

-- Lets a batch pass only whole and in time. CC001: a row is already there, so the writer has to look first. CC002: the
-- writer has given the batch up meanwhile (the server stood still); what it told its callers must stay true.
create function all_or_none(stored bigint, expected bigint, deadline bigint) returns boolean
  language plpgsql volatile as $$
begin
  if clock_timestamp() > at_micros(deadline) then
    raise exception 'The batch came too late.' using errcode = 'CC002';
  end if;
  if stored <> expected then
    raise exception 'Of % rows % were new.', expected, stored using errcode = 'CC001';
  end if;
  return true;
end $$;

-- A request that a client may send again without storing twice.
create table idempotency_key (
  municipality_id integer not null references municipality,
  key             text not null check (length(key) between 1 and 200),
  content         bytea not null check (length(content) = 32), -- SHA-256 of what was asked
  times           bigint[],   -- phenomenonTimes of the ids in microseconds; null: as in the request
  seqs            smallint[], -- seqs of the ids; null: all 0
  created_at      timestamptz not null default now(), -- forgotten after 24 hours
  primary key (municipality_id, key)
);
create index idempotency_key_created_at on idempotency_key (created_at);
call wall('idempotency_key');
call classify('idempotency_key', 'not personal', 'municipality_id', 'key', 'content', 'times', 'seqs', 'created_at');

-- The writer holds no lock on a Datastream but always changes its newest value. So a deletion removes that first: it
-- waits for a batch under way, and a later batch fails on the foreign key.
create or replace function forget_observations() returns trigger language plpgsql as $$
begin
  delete from datastream_latest where municipality_id = old.municipality_id and datastream_id = old.id;
  delete from observation where municipality_id = old.municipality_id and datastream_id = old.id;
  return old;
end $$;
