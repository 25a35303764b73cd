-- The key store: one data key per person, wrapped by the deployment's key. It lies in a schema of its own because it is
-- no part of a backup: a person whose key is gone stays erased in every older backup. It has a backup of its own.
create schema keystore;
grant usage on schema keystore to ${application};

create table keystore.person_key (
  municipality_id integer not null, -- no foreign key: a restore replaces the municipalities and keeps the keys
  person          text not null check (person ~ '^[a-z]+:[0-9a-z-]{1,60}$'),
  wrapped         bytea not null,
  created_at      timestamptz not null default now(),
  primary key (municipality_id, person)
);

-- Who was erased and when. A restore of an older backup does it again.
create table keystore.erasure (
  municipality_id integer not null,
  person          text not null,
  erased_at       timestamptz not null default now(),
  receipt         text not null,
  replay          boolean not null default false, -- it still has to be done again, after a restore
  replayed        boolean not null default false, -- it came from the list, so the person may be another one by now
  primary key (municipality_id, person, erased_at)
);
create index erasure_replay on keystore.erasure (municipality_id) where replay;

-- Something known, sealed with the deployment's key: a wrong key is noticed at the start, before it does harm.
create table keystore.deployment (
  only_one boolean primary key default true check (only_one),
  sealed   bytea not null
);

call wall('keystore.person_key');
call wall('keystore.erasure');
grant select, insert, update, delete on keystore.person_key, keystore.erasure to ${application};

call classify('keystore.person_key', 'not personal', 'municipality_id', 'wrapped', 'created_at');
call classify('keystore.person_key', 'personal: erasure that reaches every backup; Art. 17, Art. 32 DSGVO; until the person is erased',
  'person');
call classify('keystore.erasure', 'not personal', 'municipality_id', 'receipt', 'replay', 'replayed');
call classify('keystore.erasure', 'personal: erasure that reaches every backup; Art. 17, Art. 5 (2) DSGVO; as long as backups are kept',
  'person', 'erased_at');
call classify('keystore.deployment', 'not personal', 'only_one', 'sealed');
call serves('person-rights', 'keystore.person_key', 'keystore.erasure');
