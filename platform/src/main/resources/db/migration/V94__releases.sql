-- Statistics about persons that went through the release gate, as they were released.
create table released_statistic (
  municipality_id integer not null references municipality,
  id              integer generated always as identity,
  dataset         text not null,
  released_at     timestamptz not null default now(),
  released_by     text not null,
  policy          jsonb not null,
  cells           jsonb not null, -- published values only; what was suppressed is not in it
  suppressed      integer not null,
  primary key (municipality_id, id)
);
create index released_statistic_dataset on released_statistic (municipality_id, dataset, released_at);

-- How much of the privacy budget noisy releases of a data set have used up in a year.
create table privacy_budget (
  municipality_id integer not null references municipality,
  dataset         text not null,
  year            integer not null,
  spent           double precision not null check (spent >= 0),
  primary key (municipality_id, dataset, year)
);

call wall('released_statistic');
call wall('privacy_budget');
call classify('released_statistic', 'not personal', 'municipality_id', 'id', 'dataset', 'released_at', 'policy', 'cells',
  'suppressed');
call classify('released_statistic', 'personal: show who released open data; Art. 5 (2) DSGVO; as long as it is published',
  'released_by');
call serves('open-data-release', 'released_statistic');
call classify('privacy_budget', 'not personal', 'municipality_id', 'dataset', 'year', 'spent');
