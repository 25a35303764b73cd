-- Data sources: what is connected, how it is doing, and what it sent that could not be used.

create table source (
  municipality_id integer not null references municipality,
  id              integer generated always as identity,
  key             text not null check (key ~ '^[a-z0-9][a-z0-9-]{1,59}$'),
  kind            text not null,
  name            text not null check (length(name) between 1 and 200),
  addresses       text[] not null default '{}', -- where it is fetched; none: it is pushed
  every_seconds   integer not null check (every_seconds between 10 and 2678400),
  mapping         text check (length(mapping) <= 65536), -- YAML or JSON
  licence         text,
  attribution     text,
  enabled         boolean not null default true,
  sensor_id       integer, -- the Sensor that stands for it
  primary key (municipality_id, id),
  unique (municipality_id, key),
  foreign key (municipality_id, sensor_id) references sensor on delete set null (sensor_id)
);

create table source_state (
  municipality_id integer not null,
  source_id       integer not null,
  next_run_at     timestamptz, -- null: pushed or off
  claimed_by      text,        -- node that fetches it now
  claimed_until   timestamptz,
  last_run_at     timestamptz,
  last_success_at timestamptz,
  newest_at       timestamptz, -- newest phenomenonTime it brought
  last_error      text,        -- null: the last run went well
  failures        integer not null default 0, -- in a row
  observations    bigint not null default 0,
  rejected        bigint not null default 0,
  tags            jsonb not null default '{}', -- ETag and Last-Modified by address
  primary key (municipality_id, source_id),
  foreign key (municipality_id, source_id) references source on delete cascade
) with (fillfactor = 50);
create index source_state_next_run_at on source_state (next_run_at);

-- Which Thing and Datastream stand for what the source calls so. The fingerprint tells whether it says something new.
create table source_thing (
  municipality_id integer not null,
  source_id       integer not null,
  external_id     text not null check (length(external_id) between 1 and 200),
  thing_id        integer not null,
  location_id     integer,
  sketch          boolean not null, -- only mentioned so far
  fingerprint     bytea not null,
  primary key (municipality_id, source_id, external_id),
  foreign key (municipality_id, source_id) references source on delete cascade,
  foreign key (municipality_id, thing_id) references thing on delete cascade,
  foreign key (municipality_id, location_id) references location on delete set null (location_id)
);
create index source_thing_thing on source_thing (municipality_id, thing_id);
create index source_thing_location on source_thing (municipality_id, location_id);

create table source_datastream (
  municipality_id integer not null,
  source_id       integer not null,
  external_id     text not null,
  key             text not null check (length(key) between 1 and 200),
  datastream_id   integer not null,
  fingerprint     bytea not null,
  primary key (municipality_id, source_id, external_id, key),
  foreign key (municipality_id, source_id, external_id) references source_thing on delete cascade,
  foreign key (municipality_id, datastream_id) references datastream on delete cascade
);
create index source_datastream_datastream on source_datastream (municipality_id, datastream_id);

-- Rejected rows, equal ones once; at most 1,000 a source, kept 30 days.
create table quarantine (
  municipality_id integer not null,
  id              integer generated always as identity,
  source_id       integer not null,
  fingerprint     bytea not null, -- of reason and excerpt
  first_at        timestamptz not null default now(),
  last_at         timestamptz not null default now(),
  place           text not null,
  reason          text not null,
  excerpt         text not null check (length(excerpt) <= 4096),
  replayable      boolean not null,
  times_seen      integer not null default 1,
  primary key (municipality_id, id),
  unique (municipality_id, source_id, fingerprint),
  foreign key (municipality_id, source_id) references source on delete cascade
);
create index quarantine_last_at on quarantine (municipality_id, source_id, last_at);

do $$ declare t text; begin
  foreach t in array array['source', 'source_state', 'source_thing', 'source_datastream', 'quarantine'] loop
    execute format('call wall(%L)', t);
  end loop;
end $$;

-- Hands due sources to one node, whichever municipality they belong to. It tells no more than their numbers, so it may
-- look over the wall; every node asks once in a while, and no source goes to two nodes.
create function claim_due_sources(node text, most integer, seconds integer)
  returns table (municipality_id integer, source_id integer)
  language sql volatile security definer set search_path = pg_catalog, public
  as $$
    update source_state s set claimed_by = node, claimed_until = now() + seconds * interval '1 second'
    from (select d.municipality_id, d.source_id from source_state d
          where d.next_run_at <= now() and (d.claimed_until is null or d.claimed_until < now())
          order by d.next_run_at limit most for update skip locked) due
    where s.municipality_id = due.municipality_id and s.source_id = due.source_id
    returning s.municipality_id, s.source_id
  $$;
revoke execute on function claim_due_sources(text, integer, integer) from public;
grant execute on function claim_due_sources(text, integer, integer) to ${application};

call classify('source', 'not personal', 'municipality_id', 'id', 'key', 'kind', 'name', 'addresses', 'every_seconds',
  'mapping', 'licence', 'attribution', 'enabled', 'sensor_id');
call classify('source_state', 'not personal', 'municipality_id', 'source_id', 'next_run_at', 'claimed_by',
  'claimed_until', 'last_run_at', 'last_success_at', 'newest_at', 'last_error', 'failures', 'observations', 'rejected',
  'tags');
call classify('source_thing', 'not personal', 'municipality_id', 'source_id', 'external_id', 'thing_id', 'location_id',
  'sketch', 'fingerprint');
call classify('source_datastream', 'not personal', 'municipality_id', 'source_id', 'external_id', 'key',
  'datastream_id', 'fingerprint');
call classify('quarantine', 'not personal', 'municipality_id', 'id', 'source_id', 'fingerprint', 'first_at', 'last_at',
  'replayable', 'times_seen');
-- A source may send what it should not; nobody can know before looking.
call classify('quarantine', 'personal: find and mend faults of a data source; Art. 6(1)(e) GDPR; 30 days', 'place',
  'reason', 'excerpt');
