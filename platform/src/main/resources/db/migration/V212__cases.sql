-- Cases of procedures. What people tell stands encrypted with a key of the case ("person"), which ends with it; the
-- columns that lists need say nothing about anybody.
create table case_file (
  municipality_id   integer not null references municipality,
  id                bigint generated always as identity,
  reference         text collate "C" not null check (reference ~ '^20\d\d-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$'),
  person            text not null check (person ~ '^case:[0-9a-z-]{1,60}$'), -- a key of its own
  submission        uuid not null, -- made with the form: sent twice is one case
  activation        bigint not null, -- with received_at: version and parameters that apply
  procedure         text not null check (length(procedure) <= 60),
  procedure_de      text not null check (length(procedure_de) <= 300),
  procedure_en      text not null check (length(procedure_en) <= 300),
  state             text not null check (state in ('RECEIVED', 'IN_REVIEW', 'INFORMATION_NEEDED', 'DECIDED', 'CLOSED',
                                                   'WITHDRAWN', 'FORWARDED')),
  outcome           text check (outcome in ('GRANTED', 'REFUSED', 'PARTLY')),
  state_since       timestamptz not null,
  received_at       timestamptz not null,
  decided_at        timestamptz,
  closed_at         timestamptz,
  delete_after      timestamptz check (delete_after >= closed_at), -- null while it is open or an objection is
  archive           boolean not null, -- is offered to the archive before
  channel           text not null check (channel in ('ONLINE', 'PAPER', 'PHONE', 'COUNTER')),
  language          text not null check (language in ('de', 'en')),
  office            text not null, -- in charge
  assignee          integer,
  due_on            date, -- the decision; while information is awaited, the answer
  clock_left        integer, -- days left of the deadline while it stands still
  warned_on         date, -- last day on which staff was warned
  unread            boolean not null default true, -- the applicant did something
  objection_at      timestamptz, -- an objection that is not answered
  fee               numeric(10, 2) not null check (fee >= 0),
  payment           text not null check (payment in ('NONE', 'OPEN', 'PAID', 'INVOICE', 'CANCELLED')),
  payment_reference text check (length(payment_reference) <= 200),
  account           integer, -- of the applicant
  code_hash         bytea not null check (length(code_hash) = 32), -- keyed hash of the access code
  application       bytea not null check (length(application) <= 1000000), -- answers, mail address; encrypted
  asked             bytea check (length(asked) <= 40000), -- what information is needed; encrypted
  version           bigint not null default 0,
  primary key (municipality_id, id),
  unique (municipality_id, reference),
  unique (municipality_id, submission)
);
create index case_file_team on case_file (municipality_id, office, due_on, id) where closed_at is null;
create index case_file_unassigned on case_file (municipality_id, office, due_on, id)
  where closed_at is null and assignee is null;
create index case_file_own on case_file (municipality_id, assignee, due_on, id) where closed_at is null;
create index case_file_done on case_file (municipality_id, office, closed_at desc, id) where closed_at is not null;
create index case_file_account on case_file (municipality_id, account, id) where account is not null;
create index case_file_person on case_file (municipality_id, person);
create index case_file_delete on case_file (delete_after) where delete_after is not null;
create index case_file_due on case_file (due_on) where closed_at is null;

create table case_task (
  municipality_id integer not null,
  id              bigint generated always as identity,
  case_id         bigint not null,
  node            text not null, -- in the flow of the package
  kind            text not null check (kind in ('REVIEW', 'HEARING', 'DECIDE', 'SECOND_LOOK', 'HAND_OVER')),
  name_de         text not null,
  name_en         text not null,
  office          text not null,
  elsewhere       boolean not null, -- of another office than the one in charge when it came
  engine_task     text not null,
  since           timestamptz not null,
  due_on          date, -- of the case, for the order of lists
  assignee        integer,
  done_at         timestamptz,
  outcome         text,
  words           bytea check (length(words) <= 40000), -- what an office said; encrypted
  account         integer, -- who did it
  primary key (municipality_id, id),
  foreign key (municipality_id, case_id) references case_file on delete cascade
);
create index case_task_case on case_task (municipality_id, case_id, id);
create index case_task_elsewhere on case_task (municipality_id, office, due_on, id) where done_at is null and elsewhere;

create table case_event (
  municipality_id integer not null,
  id              bigint generated always as identity,
  case_id         bigint not null,
  at              timestamptz not null,
  key             text not null check (key ~ '^[a-z][a-z-]{1,40}$'), -- message case.event.<key>
  said            text[] not null, -- values of the message
  primary key (municipality_id, case_id, id),
  foreign key (municipality_id, case_id) references case_file on delete cascade
);

create table case_document (
  municipality_id integer not null,
  id              bigint generated always as identity,
  case_id         bigint not null,
  at              timestamptz not null,
  from_office     boolean not null,
  name            bytea not null check (length(name) <= 2000), -- encrypted
  media_type      text not null check (length(media_type) <= 100),
  bytes           bigint not null check (bytes between 0 and 10485760), -- in clear
  content         bytea not null check (length(content) <= 10500000), -- encrypted
  digest          bytea not null check (length(digest) = 32), -- SHA-256 of the clear content
  code            text check (code ~ '^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){3}$'),
  replaced_at     timestamptz, -- a newer one stands in its place, or it was taken back
  primary key (municipality_id, id),
  unique (municipality_id, code),
  foreign key (municipality_id, case_id) references case_file on delete cascade
);
create index case_document_case on case_document (municipality_id, case_id, id);

create table case_message (
  municipality_id integer not null,
  id              bigint generated always as identity,
  case_id         bigint not null,
  at              timestamptz not null,
  from_office     boolean not null,
  account         integer, -- of staff
  words           bytea not null check (length(words) <= 40000), -- encrypted
  primary key (municipality_id, case_id, id),
  foreign key (municipality_id, case_id) references case_file on delete cascade
);

create table case_note (
  municipality_id integer not null,
  id              bigint generated always as identity,
  case_id         bigint not null,
  at              timestamptz not null,
  account         integer not null,
  words           bytea not null check (length(words) <= 40000), -- encrypted
  primary key (municipality_id, case_id, id),
  foreign key (municipality_id, case_id) references case_file on delete cascade
);

create table case_decision (
  municipality_id integer not null,
  id              bigint generated always as identity,
  case_id         bigint not null,
  at              timestamptz not null,
  outcome         text not null check (outcome in ('GRANTED', 'REFUSED', 'PARTLY')),
  words           bytea not null check (length(words) <= 200000), -- grounds, conditions; encrypted
  account         integer, -- null if a table decided
  approved_by     integer check (approved_by <> account), -- four eyes
  notified_at     timestamptz,
  objection_until date,
  withdrawn_at    timestamptz,
  document        bigint,
  primary key (municipality_id, case_id, id),
  foreign key (municipality_id, case_id) references case_file on delete cascade
);

-- Wrong access codes of the last minutes, also for references that do not exist.
create table case_attempt (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  at              timestamptz not null default now(),
  reference       text not null check (length(reference) <= 20),
  address         text not null check (length(address) <= 60),
  primary key (municipality_id, id)
);
create index case_attempt_reference on case_attempt (municipality_id, reference, at);
create index case_attempt_address on case_attempt (municipality_id, address, at);
create index case_attempt_at on case_attempt (at);

-- Counts of deleted cases: no reference, no person, no day.
create table case_count (
  municipality_id integer not null references municipality,
  procedure       text not null,
  procedure_de    text not null,
  procedure_en    text not null,
  month           text not null check (month ~ '^\d{4}-\d{2}$'), -- in which they came in
  result          text not null, -- outcome, or how it ended
  days            integer not null, -- from receipt to decision; -1 if none was made
  overdue         boolean not null,
  number          bigint not null check (number > 0),
  primary key (municipality_id, procedure, month, result, days, overdue)
);

do $$
declare t text;
begin
  foreach t in array array['case_file', 'case_task', 'case_event', 'case_document', 'case_message', 'case_note',
      'case_decision', 'case_attempt', 'case_count'] loop
    execute format('call wall(%L)', t);
  end loop;
end $$;
call classify('case_file', 'not personal', 'municipality_id', 'id', 'submission', 'activation', 'procedure', 'procedure_de',
  'procedure_en', 'state', 'state_since', 'received_at', 'decided_at', 'closed_at', 'delete_after', 'archive', 'channel',
  'language', 'office', 'due_on', 'clock_left', 'warned_on', 'unread', 'version');
call classify('case_file', 'personal: decide applications; Art. 6 (1) c, e DSGVO with the law of the procedure; as the procedure says',
  'reference', 'person', 'outcome', 'objection_at', 'fee', 'payment', 'payment_reference', 'account', 'code_hash', 'application', 'asked');
call classify('case_file', 'personal: know who works on a case; § 15 LDSG; as the procedure says; activity case-staff', 'assignee');
call classify('case_task', 'not personal', 'municipality_id', 'id', 'case_id', 'node', 'kind', 'name_de', 'name_en', 'office', 'elsewhere',
  'engine_task', 'since', 'due_on', 'done_at');
call classify('case_task', 'personal: decide applications; Art. 6 (1) c, e DSGVO with the law of the procedure; as the procedure says',
  'outcome', 'words');
call classify('case_task', 'personal: know who works on a case; § 15 LDSG; as the procedure says; activity case-staff', 'assignee', 'account');
call classify('case_event', 'not personal', 'municipality_id', 'id', 'case_id', 'at', 'key', 'said');
call classify('case_document', 'not personal', 'municipality_id', 'id', 'case_id', 'at', 'from_office', 'media_type', 'bytes', 'replaced_at');
call classify('case_document', 'personal: decide applications; Art. 6 (1) c, e DSGVO with the law of the procedure; as the procedure says',
  'name', 'content', 'digest', 'code');
call classify('case_message', 'not personal', 'municipality_id', 'id', 'case_id', 'at', 'from_office');
call classify('case_message', 'personal: decide applications; Art. 6 (1) c, e DSGVO with the law of the procedure; as the procedure says', 'words');
call classify('case_message', 'personal: know who works on a case; § 15 LDSG; as the procedure says; activity case-staff', 'account');
call classify('case_note', 'not personal', 'municipality_id', 'id', 'case_id', 'at');
call classify('case_note', 'personal: decide applications; Art. 6 (1) c, e DSGVO with the law of the procedure; as the procedure says', 'words');
call classify('case_note', 'personal: know who works on a case; § 15 LDSG; as the procedure says; activity case-staff', 'account');
call classify('case_decision', 'not personal', 'municipality_id', 'id', 'case_id', 'at', 'notified_at', 'objection_until', 'withdrawn_at',
  'document');
call classify('case_decision', 'personal: decide applications; Art. 6 (1) c, e DSGVO with the law of the procedure; as the procedure says',
  'outcome', 'words');
call classify('case_decision', 'personal: know who works on a case; § 15 LDSG; as the procedure says; activity case-staff', 'account', 'approved_by');
call classify('case_attempt', 'not personal', 'municipality_id', 'id');
call classify('case_attempt', 'personal: protection against guessing access codes; Art. 6 (1) e, Art. 32 DSGVO; 15 minutes',
  'at', 'reference', 'address');
call classify('case_count', 'not personal', 'municipality_id', 'procedure', 'procedure_de', 'procedure_en', 'month', 'result', 'days', 'overdue',
  'number');
call serves('case-work', 'case_file', 'case_task', 'case_document', 'case_message', 'case_note', 'case_decision', 'case_attempt');
