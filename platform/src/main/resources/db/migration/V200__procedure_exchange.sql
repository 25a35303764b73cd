-- Packages of procedures on the way between municipalities, and those in use here. Nothing in these tables is personal:
-- who changed what stands in the audit log alone.

-- Keys with which a municipality signs what it publishes (Ed25519). The secret half is encrypted with a key of its own.
create table procedure_key (
  municipality_id integer not null references municipality,
  id              text not null check (id ~ '^[0-9a-f]{40}$'), -- beginning of the SHA-256 of the public half
  record          text not null check (record ~ '^publisher:[0-9a-z-]{1,60}$'), -- which key opens the secret half
  public_key      bytea not null check (length(public_key) between 32 and 100), -- X.509
  secret_key      bytea not null check (length(secret_key) <= 1000), -- PKCS#8, encrypted
  endorsed_by     text, -- the key before it
  endorsement     bytea check (length(endorsement) = 64), -- its signature; null if it was not trusted any more
  revocation      bytea check (length(revocation) = 64), -- this key's own word that it must not be trusted any more
  made_at         timestamptz not null default now(),
  active          boolean not null default true,
  primary key (municipality_id, id),
  check (not active or revocation is null)
);
create unique index procedure_key_active on procedure_key (municipality_id) where active;

-- Packages as they were signed, ours and those of others; a version has one content, for ever.
create table procedure_package (
  municipality_id integer not null references municipality,
  digest          text not null check (digest ~ '^[0-9a-f]{64}$'),
  key             text not null check (key ~ '^[a-z][a-z0-9-]{2,59}$'),
  version         text not null check (version ~ '^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$'),
  archive         bytea not null check (length(archive) <= 6000000),
  signature       bytea not null check (length(signature) <= 4000), -- a small JSON file beside the archive
  signed_by       text not null check (signed_by ~ '^[0-9a-f]{40}$'),
  received_at     timestamptz not null default now(),
  primary key (municipality_id, digest),
  unique (municipality_id, key, version)
);

-- What we publish for others.
create table procedure_offer (
  municipality_id  integer not null references municipality,
  digest           text not null,
  published_at     timestamptz not null default now(),
  withdrawn_at     timestamptz,
  withdrawn_reason text check (length(withdrawn_reason) between 1 and 500),
  primary key (municipality_id, digest),
  foreign key (municipality_id, digest) references procedure_package,
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);

-- The signed index as it is served, one row for each municipality that publishes.
create table procedure_index (
  municipality_id integer not null references municipality primary key,
  sequence        bigint not null check (sequence >= 1),
  issued_at       timestamptz not null,
  document        bytea not null check (length(document) <= 2000000)
);

-- Whom we trust: pinned keys.
create table procedure_origin (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  address         text not null check (length(address) between 2 and 500), -- a slug of this installation, or a URL
  name            text not null check (length(name) between 1 and 200),
  key_id          text not null check (key_id ~ '^[0-9a-f]{40}$'),
  public_key      bytea not null check (length(public_key) between 32 and 100),
  trusted_at      timestamptz not null default now(),
  revoked_at      timestamptz,
  sequence        bigint not null default 0,
  issued_at       timestamptz,
  checked_at      timestamptz,
  problem         text check (length(problem) <= 1000), -- why the last look failed; null if it did not
  document        bytea check (length(document) <= 2000000), -- the last index that was accepted
  primary key (municipality_id, id),
  unique (municipality_id, address)
);

-- What adopters tell us about procedures of ours.
create table procedure_feedback (
  municipality_id integer not null references municipality,
  id              uuid not null, -- given by the sender: the same message twice is once
  kind            text not null check (kind in ('adopted', 'stopped', 'words')),
  key             text not null check (key ~ '^[a-z][a-z0-9-]{2,59}$'),
  version         text not null check (length(version) <= 14),
  sender          text not null check (length(sender) between 1 and 200), -- name of the municipality
  sender_address  text not null check (length(sender_address) <= 500),
  sender_key      text not null check (sender_key ~ '^[0-9a-f]{40}$'),
  known           boolean not null, -- whether we knew the key: of this installation, or trusted
  words           text not null check (length(words) <= 2000),
  sent_at         timestamptz not null,
  received_at     timestamptz not null default now(),
  primary key (municipality_id, id)
);
create index procedure_feedback_procedure on procedure_feedback (municipality_id, key, received_at);
create index procedure_feedback_sender on procedure_feedback (municipality_id, sender_key, received_at);

-- Messages to origins that are not delivered yet.
create table procedure_feedback_out (
  municipality_id integer not null references municipality,
  id              uuid not null,
  origin_id       bigint not null,
  message         bytea not null check (length(message) <= 16384),
  made_at         timestamptz not null default now(),
  tries           integer not null default 0,
  primary key (municipality_id, id),
  foreign key (municipality_id, origin_id) references procedure_origin on delete cascade
);
create index procedure_feedback_out_origin on procedure_feedback_out (municipality_id, origin_id);

-- Procedures that we use: a reference, never a copy.
create table procedure_adoption (
  municipality_id integer not null references municipality,
  key             text not null check (key ~ '^[a-z][a-z0-9-]{2,59}$'),
  origin_id       bigint, -- null if it is our own
  chosen          text not null, -- digest of the version that the settings are being made for
  office          jsonb not null,
  adopted_at      timestamptz not null default now(),
  primary key (municipality_id, key),
  foreign key (municipality_id, origin_id) references procedure_origin,
  foreign key (municipality_id, chosen) references procedure_package
);

-- Which version applies from when; a version in use is never changed, another one follows it.
create table procedure_activation (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  key             text not null,
  digest          text, -- null: not offered from then on
  active_from     timestamptz not null,
  made_at         timestamptz not null default now(),
  primary key (municipality_id, id),
  unique (municipality_id, key, active_from),
  foreign key (municipality_id, key) references procedure_adoption,
  foreign key (municipality_id, digest) references procedure_package
);

-- Values, texts and addenda of ours. Only added to: what applied to a case stays readable.
create table procedure_setting (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  key             text not null,
  kind            text not null check (kind in ('parameter', 'text', 'addendum')),
  name            text not null check (length(name) between 1 and 80),
  valid_from      date not null, -- 1900-01-01: always
  value           jsonb, -- null: taken back
  legal_source    text not null check (length(legal_source) <= 500),
  recorded_at     timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, key, kind, name, valid_from, recorded_at),
  foreign key (municipality_id, key) references procedure_adoption
);

call wall('procedure_key');
call wall('procedure_package');
call wall('procedure_offer');
call wall('procedure_index');
call wall('procedure_origin');
call wall('procedure_feedback');
call wall('procedure_feedback_out');
call wall('procedure_adoption');
call wall('procedure_activation');
call wall('procedure_setting');
call classify('procedure_key', 'not personal', 'municipality_id', 'id', 'record', 'public_key', 'secret_key',
  'endorsed_by', 'endorsement', 'revocation', 'made_at', 'active');
call classify('procedure_package', 'not personal', 'municipality_id', 'digest', 'key', 'version', 'archive', 'signature',
  'signed_by', 'received_at');
call classify('procedure_offer', 'not personal', 'municipality_id', 'digest', 'published_at', 'withdrawn_at',
  'withdrawn_reason');
call classify('procedure_index', 'not personal', 'municipality_id', 'sequence', 'issued_at', 'document');
call classify('procedure_origin', 'not personal', 'municipality_id', 'id', 'address', 'name', 'key_id', 'public_key',
  'trusted_at', 'revoked_at', 'sequence', 'issued_at', 'checked_at', 'problem', 'document');
call classify('procedure_feedback', 'not personal', 'municipality_id', 'id', 'kind', 'key', 'version', 'sender',
  'sender_address', 'sender_key', 'known', 'words', 'sent_at', 'received_at');
call classify('procedure_feedback_out', 'not personal', 'municipality_id', 'id', 'origin_id', 'message', 'made_at',
  'tries');
call classify('procedure_adoption', 'not personal', 'municipality_id', 'key', 'origin_id', 'chosen', 'office',
  'adopted_at');
call classify('procedure_activation', 'not personal', 'municipality_id', 'id', 'key', 'digest', 'active_from', 'made_at');
call classify('procedure_setting', 'not personal', 'municipality_id', 'id', 'key', 'kind', 'name', 'valid_from', 'value',
  'legal_source', 'recorded_at');
