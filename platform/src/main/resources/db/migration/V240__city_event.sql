-- What will happen in the city and brings people. The same source again replaces its event.
create table city_event (
  municipality_id   integer not null references municipality,
  id                bigint generated always as identity,
  source            text not null check (length(source) between 1 and 200),
  name              text not null check (length(name) between 1 and 200),
  place             text not null check (length(place) between 1 and 300),
  longitude         double precision check (longitude between -180 and 180),
  latitude          double precision check (latitude between -90 and 90),
  begins_at         timestamptz not null,
  ends_at           timestamptz not null,
  expected_visitors integer not null check (expected_visitors between 0 and 1000000),
  changed_at        timestamptz not null default now(),
  primary key (municipality_id, id),
  unique (municipality_id, source),
  check ((longitude is null) = (latitude is null)),
  check (ends_at > begins_at and ends_at <= begins_at + interval '60 days')
);
-- No event is longer than 60 days, so those that overlap a time begin at most 60 days before it.
create index city_event_begin on city_event (municipality_id, begins_at);
call wall('city_event');
call classify('city_event', 'not personal', 'municipality_id', 'id', 'source', 'name', 'place', 'longitude', 'latitude',
  'begins_at', 'ends_at', 'expected_visitors', 'changed_at');
