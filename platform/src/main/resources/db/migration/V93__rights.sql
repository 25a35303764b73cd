-- Rights of persons: what they asked for, and who read their data.
create table privacy_request (
  municipality_id integer not null references municipality,
  id              integer generated always as identity,
  reference       text not null,
  person          text not null,
  kind            text not null check (kind in ('correction', 'restriction', 'erasure', 'other')),
  words           bytea not null check (length(words) <= 20000), -- encrypted with the person's key
  answer          bytea check (length(answer) <= 20000),         -- encrypted with the person's key
  created_at      timestamptz not null default now(),
  due_at          timestamptz not null, -- one month later (Art. 12 (3) DSGVO)
  answered_at     timestamptz,
  primary key (municipality_id, id),
  unique (municipality_id, reference)
);
create index privacy_request_person on privacy_request (municipality_id, person);

create table reading (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  at              timestamptz not null default now(),
  person          text not null, -- whose data
  reader          text not null,
  activity        text not null, -- what for: key of a processing activity
  reference       text not null check (length(reference) between 1 and 200), -- the case or request
  what            text not null check (length(what) between 1 and 100), -- message key of what was opened
  primary key (municipality_id, id)
);
create index reading_person on reading (municipality_id, person, at);
create index reading_at on reading (municipality_id, at);

call wall('privacy_request');
call wall('reading');
call classify('privacy_request', 'not personal', 'municipality_id', 'id', 'reference', 'due_at');
call classify('privacy_request', 'personal: carry out the rights of persons; Art. 12, Art. 15 to 21 DSGVO; 3 years after the answer',
  'person', 'kind', 'words', 'answer', 'created_at', 'answered_at');
call classify('reading', 'not personal', 'municipality_id', 'id', 'activity', 'what');
call classify('reading', 'personal: show persons who read their data; Art. 5 (1) b, Art. 32 DSGVO; 1 year',
  'at', 'person', 'reader', 'reference');
call serves('person-rights', 'privacy_request', 'reading');
