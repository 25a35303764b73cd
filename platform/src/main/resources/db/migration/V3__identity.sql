-- Keys for machines.
create table api_key (
  municipality_id integer not null references municipality,
  id              integer generated always as identity,
  label           text not null check (length(label) between 1 and 100),
  scope           text not null check (scope in ('read', 'write', 'admin')),
  hash            bytea not null unique check (length(hash) = 32), -- SHA-256 of the key
  created_at      timestamptz not null default now(),
  expires_at      timestamptz,
  last_used_at    timestamptz, -- to the minute
  revoked_at      timestamptz,
  primary key (municipality_id, id)
);
call wall('api_key');
call classify('api_key', 'not personal', 'municipality_id', 'id', 'label', 'scope', 'hash', 'created_at', 'expires_at',
  'last_used_at', 'revoked_at');
