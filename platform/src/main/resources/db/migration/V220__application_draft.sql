-- Applications that are not sent yet. What was answered, and its files, is encrypted with a key of the draft's own.
create table application_draft (
  municipality_id integer not null references municipality,
  id              uuid not null, -- stands in the address of the form; becomes the key of the submission
  procedure       text not null check (procedure ~ '^[a-z0-9-]{3,60}$'),
  person          text not null check (person ~ '^draft:[0-9a-z-]{1,60}$'), -- the key of its own
  secret_hash     bytea not null check (length(secret_hash) = 32), -- of the cookie
  return_hash     bytea check (length(return_hash) = 32), -- of the link for coming back
  account         integer, -- whose it is, if somebody was signed in
  answers         bytea not null check (length(answers) <= 600000), -- encrypted
  receipt         bytea check (length(receipt) <= 4000), -- encrypted; there once it is sent
  mail_hash       bytea check (length(mail_hash) = 32), -- keyed: how many links an address got today
  mailed_at       timestamptz,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null,
  primary key (municipality_id, id)
);
create index application_draft_expires on application_draft (municipality_id, expires_at);
create index application_draft_account on application_draft (municipality_id, account) where account is not null;
create index application_draft_person on application_draft (municipality_id, person);
create index application_draft_mail on application_draft (municipality_id, mail_hash, mailed_at)
  where mail_hash is not null;

create table application_draft_file (
  municipality_id integer not null references municipality,
  id              uuid not null,
  draft           uuid not null,
  words           bytea not null check (length(words) <= 4000), -- encrypted: field, name, type, size
  content         bytea not null check (length(content) <= 10490000), -- encrypted
  created_at      timestamptz not null default now(),
  primary key (municipality_id, id),
  foreign key (municipality_id, draft) references application_draft on delete cascade
);
create index application_draft_file_draft on application_draft_file (municipality_id, draft);

call wall('application_draft');
call wall('application_draft_file');
call classify('application_draft', 'not personal', 'municipality_id', 'id', 'procedure', 'created_at', 'expires_at');
call classify('application_draft',
  'personal: let people fill in an application in their own time; Art. 6 (1) e DSGVO; 30 days of rest',
  'person', 'secret_hash', 'return_hash', 'account', 'answers', 'receipt', 'mail_hash', 'mailed_at');
call classify('application_draft_file', 'not personal', 'municipality_id', 'id', 'draft', 'created_at');
call classify('application_draft_file',
  'personal: let people fill in an application in their own time; Art. 6 (1) e DSGVO; 30 days of rest',
  'words', 'content');
call serves('application-drafts', 'application_draft', 'application_draft_file');
