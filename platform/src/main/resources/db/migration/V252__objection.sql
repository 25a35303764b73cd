-- Objections to decisions (German: Widerspruch, §§ 68 to 73 VwGO), and who rules on those that are not remedied here.
create table objection_rule (
  municipality_id   integer primary key references municipality,
  authority         text not null check (length(authority) <= 200), -- reviews where another one does (§ 73 (1) VwGO)
  authority_address text not null check (length(authority_address) <= 300),
  court             text not null check (length(court) <= 200), -- before which one brings an action
  court_address     text not null check (length(court_address) <= 300),
  own_matters       text[] not null check (cardinality(own_matters) <= 500) -- procedures in which the municipality reviews itself
);
call wall('objection_rule');
call classify('objection_rule', 'not personal', 'municipality_id', 'authority', 'authority_address', 'court', 'court_address',
  'own_matters');

create table case_objection (
  municipality_id integer not null,
  id              bigint generated always as identity,
  case_id         bigint not null,
  decision        bigint not null, -- against which
  received_at     timestamptz not null,
  last_day        date not null, -- on which one could object
  late            boolean not null,
  stage           text not null check (stage in ('OPEN', 'AUTHORITY', 'ENDED')),
  remedy          text check (remedy in ('REMEDIED', 'PARTLY_REMEDIED')), -- a new decision is on its way, or a part of it is out
  ruling          text check (ruling in ('REMEDIED', 'PARTLY_REMEDIED', 'REJECTED', 'TOO_LATE', 'UPHELD', 'WITHDRAWN')),
  ruled_at        timestamptz check ((ruled_at is null) = (ruling is null)),
  grounds         bytea check (length(grounds) <= 100000), -- encrypted
  authority       text check (length(authority) <= 200), -- to which it was handed over
  account         integer, -- who ruled
  alone           boolean not null default false, -- made the first decision, too, and nobody else was there
  document        bigint,
  primary key (municipality_id, case_id, id),
  foreign key (municipality_id, case_id) references case_file on delete cascade
);
create unique index case_objection_open on case_objection (municipality_id, case_id) where stage <> 'ENDED';
create index case_file_objection on case_file (municipality_id, office, due_on, id)
  where closed_at is null and objection_at is not null;
call wall('case_objection');
call classify('case_objection', 'not personal', 'municipality_id', 'id', 'case_id', 'decision', 'received_at', 'last_day', 'ruled_at',
  'authority', 'document');
call classify('case_objection', 'personal: decide on objections; Art. 6 (1) c, e DSGVO, §§ 68-73 VwGO; as the procedure says',
  'late', 'stage', 'remedy', 'ruling', 'grounds');
call classify('case_objection', 'personal: know who works on a case; § 15 LDSG; as the procedure says; activity case-staff',
  'account', 'alone');
call serves('case-work', 'case_objection');

-- Those that wait for their answer now.
insert into case_objection (municipality_id, case_id, decision, received_at, last_day, late, stage)
select f.municipality_id, f.id, d.id, f.objection_at, d.objection_until, false, 'OPEN'
from case_file f join lateral (
  select id, objection_until from case_decision d
  where d.municipality_id = f.municipality_id and d.case_id = f.id and notified_at is not null and withdrawn_at is null
    and objection_until is not null
  order by id desc limit 1) d on true
where f.objection_at is not null and f.closed_at is null;
