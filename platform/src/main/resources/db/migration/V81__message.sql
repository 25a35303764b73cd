-- Messages to people: what goes out by mail, and letters that wait to be printed.

create table outgoing_message (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  kind            text not null check (kind in ('mail', 'letter')),
  template        text not null check (template ~ '^[a-z][a-z0-9.-]{0,59}$'),
  language        text not null check (language in ('de', 'en')),
  recipient       text not null check (length(recipient) <= 1000), -- a mail address, or the lines of a postal one
  subject         text not null check (length(subject) <= 300 and subject !~ '[[:cntrl:]]'),
  body            text not null check (length(body) <= 100000), -- paragraphs, separated by empty lines
  link            text check (length(link) <= 2000),
  reference       text not null check (length(reference) <= 200), -- what it is about, e.g. 'barrier report 4'
  message_id      text not null check (length(message_id) <= 200), -- the same at every try
  state           text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'bounced', 'printed')),
  created_at      timestamptz not null default now(),
  next_try_at     timestamptz not null default now(),
  claimed_until   timestamptz,
  tries           integer not null default 0,
  reason          text check (length(reason) <= 500), -- of the last failure, without the address
  ended_at        timestamptz, -- sent, printed, given up
  primary key (municipality_id, id)
);
create index outgoing_message_due on outgoing_message (next_try_at) where state = 'waiting' and kind = 'mail';
create index outgoing_message_ended on outgoing_message (municipality_id, ended_at);
call wall('outgoing_message');
call classify('outgoing_message', 'not personal', 'municipality_id', 'id', 'kind', 'template', 'language', 'message_id',
  'state', 'created_at', 'next_try_at', 'claimed_until', 'tries', 'ended_at');
call classify('outgoing_message', 'personal: deliver messages of the city; Art. 6 (1) e DSGVO; 30 days after delivery',
  'recipient', 'subject', 'body', 'link', 'reference', 'reason');
