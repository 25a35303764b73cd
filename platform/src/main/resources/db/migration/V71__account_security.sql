-- Sessions that can be seen and ended, second factors, passkeys, invitations, people who come from an identity provider.

alter table account alter column password_hash drop not null; -- invited, or signs in elsewhere
alter table account
  add column disabled_at    timestamptz,
  add column issuer         text check (length(issuer) <= 500), -- of the identity provider; null for a local account
  add column subject        text check (length(subject) <= 255),
  add column assurance      text not null default 'none' check (assurance in ('none', 'basis', 'substanziell', 'hoch')),
  add column totp_secret    bytea, -- AES-GCM under the deployment's key
  add column totp_since     timestamptz,
  add column totp_last_step bigint, -- the 30 seconds whose code was used last: none works twice
  add constraint account_subject unique (municipality_id, issuer, subject),
  add constraint account_origin check ((issuer is null) = (subject is null)),
  add constraint account_totp check ((totp_secret is null) = (totp_since is null));

create table account_session (
  municipality_id   integer not null,
  id                integer generated always as identity,
  account_id        integer not null,
  hash              bytea not null check (length(hash) = 32), -- SHA-256 of the cookie
  created_at        timestamptz not null default now(),
  last_seen_at      timestamptz not null default now(), -- to the minute
  factor            text not null check (factor in ('password', 'code', 'passkey', 'provider')),
  assurance         text not null default 'none' check (assurance in ('none', 'basis', 'substanziell', 'hoch')),
  device            text not null check (length(device) <= 60), -- browser and system in words
  network           text not null check (length(network) <= 60), -- address without its last part
  purpose           text, -- what data about persons is read for, with its reference
  purpose_reference text check (length(purpose_reference) <= 200),
  purpose_until     timestamptz,
  primary key (municipality_id, id),
  unique (municipality_id, hash),
  foreign key (municipality_id, account_id) references account on delete cascade
);
create index account_session_account on account_session (municipality_id, account_id);

-- One-time links with which somebody invited chooses a password, or a new one.
create table account_link (
  municipality_id integer not null,
  account_id      integer not null,
  hash            bytea not null check (length(hash) = 32),
  expires_at      timestamptz not null,
  primary key (municipality_id, account_id),
  foreign key (municipality_id, account_id) references account on delete cascade
);

create table recovery_code (
  municipality_id integer not null,
  account_id      integer not null,
  hash            bytea not null check (length(hash) = 32),
  primary key (municipality_id, account_id, hash),
  foreign key (municipality_id, account_id) references account on delete cascade
);

create table passkey (
  municipality_id    integer not null,
  id                 integer generated always as identity,
  account_id         integer not null,
  credential_id      bytea not null check (length(credential_id) <= 1023),
  public_key         bytea not null, -- COSE
  attestation_object bytea not null,
  client_data        bytea not null,
  signature_count    bigint not null,
  backup_eligible    boolean not null,
  backup_state       boolean not null,
  label              text not null check (length(label) between 1 and 60),
  created_at         timestamptz not null default now(),
  last_used_at       timestamptz,
  primary key (municipality_id, id),
  unique (municipality_id, credential_id),
  foreign key (municipality_id, account_id) references account on delete cascade
);

-- What was used up and must not work again while it would still be believed: challenges, states.
create table spent_token (
  municipality_id integer not null references municipality,
  hash            bytea not null check (length(hash) = 32),
  expires_at      timestamptz not null,
  primary key (municipality_id, hash)
);

call wall('account_session');
call wall('account_link');
call wall('recovery_code');
call wall('passkey');
call wall('spent_token');
call classify('account', 'personal: sign-in of staff; Art. 6 (1) e DSGVO; until the account is deleted',
  'disabled_at', 'issuer', 'subject', 'assurance', 'totp_secret', 'totp_since', 'totp_last_step');
call classify('account_session', 'not personal', 'municipality_id', 'id');
call classify('account_session', 'personal: sign-in and its protection; Art. 6 (1) e, Art. 32 DSGVO; end of the session',
  'account_id', 'hash', 'created_at', 'last_seen_at', 'factor', 'assurance', 'device', 'network', 'purpose',
  'purpose_reference', 'purpose_until');
call classify('account_link', 'not personal', 'municipality_id', 'hash', 'expires_at');
call classify('account_link', 'personal: invitation to an account; Art. 6 (1) e DSGVO; 7 days', 'account_id');
call classify('recovery_code', 'not personal', 'municipality_id', 'hash');
call classify('recovery_code', 'personal: sign-in without a second factor; Art. 6 (1) e, Art. 32 DSGVO; until used',
  'account_id');
call classify('passkey', 'not personal', 'municipality_id', 'id');
call classify('passkey', 'personal: sign-in; Art. 6 (1) e, Art. 32 DSGVO; until removed or the account is deleted',
  'account_id', 'credential_id', 'public_key', 'attestation_object', 'client_data', 'signature_count',
  'backup_eligible', 'backup_state', 'label', 'created_at', 'last_used_at');
call classify('spent_token', 'not personal', 'municipality_id', 'hash', 'expires_at');
