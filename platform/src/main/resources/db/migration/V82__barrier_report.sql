-- Barriers that somebody reported (§ 10 L-BGG: feedback on the accessibility of these pages).
create table barrier_report (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  page            text not null check (length(page) <= 500),
  problem         text not null check (length(problem) between 1 and 4000),
  name            text not null check (length(name) <= 200),
  email           text not null check (length(email) <= 254),
  language        text not null check (language in ('de', 'en')),
  created_at      timestamptz not null default now(),
  due_at          timestamptz not null,
  answered_at     timestamptz,
  answer          text check (length(answer) <= 8000),
  primary key (municipality_id, id)
);
create index barrier_report_open on barrier_report (municipality_id, due_at) where answered_at is null;
create index barrier_report_answered on barrier_report (municipality_id, answered_at);
call wall('barrier_report');
call classify('barrier_report', 'not personal', 'municipality_id', 'id', 'language', 'created_at', 'due_at', 'answered_at');
call classify('barrier_report',
  'personal: answer reports of barriers; Art. 6 (1) c DSGVO with § 10 (3) L-BGG; 1 year after the answer',
  'page', 'problem', 'name', 'email', 'answer');
