-- Payments of fees through a provider. At most one of a case is open or paid: nobody pays twice.
create table payment (
  municipality_id    integer not null references municipality,
  id                 uuid not null,
  reference          text not null check (reference ~ '^20[0-9]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}$'), -- of the case
  provider           text not null check (provider ~ '^[a-z-]{1,40}$'),
  provider_reference text not null check (length(provider_reference) between 1 and 100),
  amount             numeric(9, 2) not null check (amount > 0), -- euros
  state              text not null check (state in ('OPEN', 'PAID', 'FAILED', 'EXPIRED')),
  address            text not null check (length(address) <= 500), -- where people pay
  started_at         timestamptz not null default now(),
  asked_at           timestamptz not null default now(), -- when the provider was asked last
  ended_at           timestamptz,
  primary key (municipality_id, id),
  unique (municipality_id, provider, provider_reference)
);
create unique index payment_once on payment (municipality_id, reference) where state in ('OPEN', 'PAID');
create index payment_open on payment (municipality_id, asked_at) where state = 'OPEN';
create index payment_ended on payment (municipality_id, ended_at);

-- What the test provider knows. It stands for an account at a real one, so it does not share a table with ours.
create table test_payment (
  municipality_id integer not null references municipality,
  reference       text not null check (reference ~ '^[0-9a-f]{32}$'),
  amount          numeric(9, 2) not null check (amount > 0),
  purpose         text not null check (length(purpose) <= 100),
  back            text not null check (length(back) <= 500),
  state           text not null check (state in ('OPEN', 'PAID', 'FAILED')),
  created_at      timestamptz not null default now(),
  primary key (municipality_id, reference)
);
create index test_payment_created on test_payment (municipality_id, created_at);

call wall('payment');
call wall('test_payment');
call classify('payment', 'not personal', 'municipality_id', 'id', 'provider', 'state', 'started_at', 'asked_at', 'ended_at');
call classify('payment', 'personal: take fees; Art. 6 (1) e DSGVO with KAG and LGebG; 10 years after the end',
  'reference', 'provider_reference', 'amount', 'address');
call serves('fee-payments', 'payment');
call classify('test_payment', 'not personal', 'municipality_id', 'reference', 'amount', 'purpose', 'back', 'state',
  'created_at');
