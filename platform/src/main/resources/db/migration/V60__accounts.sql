-- People of the administration: local accounts, their roles, and what protects the sign-in.

create table account (
  municipality_id integer not null references municipality,
  id              integer generated always as identity,
  name            text not null check (name ~ '^[^[:space:][:cntrl:]]{3,100}$' and name = lower(name)),
  password_hash   text not null, -- argon2id with its salt and parameters
  created_at      timestamptz not null default now(),
  last_sign_in_at timestamptz,
  primary key (municipality_id, id),
  unique (municipality_id, name)
);
create table account_role (
  municipality_id integer not null,
  account_id      integer not null,
  role            text not null check (role in ('administrator', 'staff')),
  primary key (municipality_id, account_id, role),
  foreign key (municipality_id, account_id) references account on delete cascade
);

-- Wrong passwords of the last minutes, so that guessing ends; also for names that do not exist.
create table sign_in_attempt (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  at              timestamptz not null default now(),
  name            text not null check (length(name) <= 100),
  address         text not null check (length(address) <= 60),
  primary key (municipality_id, id)
);
create index sign_in_attempt_name on sign_in_attempt (municipality_id, name, at);
create index sign_in_attempt_address on sign_in_attempt (municipality_id, address, at);

-- One-time links with which the first administrator makes an account.
create table set_up_link (
  municipality_id integer not null references municipality,
  hash            bytea not null check (length(hash) = 32), -- SHA-256 of the token
  expires_at      timestamptz not null,
  primary key (municipality_id)
);

call wall('account');
call wall('account_role');
call wall('sign_in_attempt');
call wall('set_up_link');
call classify('account', 'not personal', 'municipality_id', 'id');
call classify('account', 'personal: sign-in of staff; Art. 6 (1) e DSGVO; until the account is deleted',
  'name', 'password_hash', 'created_at', 'last_sign_in_at');
call classify('account_role', 'personal: rights of staff; Art. 6 (1) e DSGVO; until the account is deleted',
  'municipality_id', 'account_id', 'role');
call classify('sign_in_attempt', 'not personal', 'municipality_id', 'id');
call classify('sign_in_attempt', 'personal: protection against guessing passwords; Art. 6 (1) e, Art. 32 DSGVO; 15 minutes',
  'at', 'name', 'address');
call classify('set_up_link', 'not personal', 'municipality_id', 'hash', 'expires_at');
