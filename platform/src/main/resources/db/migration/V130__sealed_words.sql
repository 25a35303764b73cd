-- What the city writes to people and what they report is encrypted: with the key of the person it belongs to, or with a
-- key of its own that ends with it. No town has used these tables yet, so nothing is carried over.
truncate outgoing_message, barrier_report;

alter table outgoing_message
  drop column recipient,
  drop column subject,
  drop column body,
  drop column link,
  add column person text not null check (person ~ '^[a-z]+:[0-9a-z-]{1,60}$'), -- whose key: account:17, message:…
  add column words  bytea not null check (length(words) <= 500000); -- recipient, subject, text, link; encrypted
create index outgoing_message_person on outgoing_message (municipality_id, person);
call classify('outgoing_message', 'personal: deliver messages of the city; Art. 6 (1) e DSGVO; 30 days after delivery',
  'person', 'words');

alter table barrier_report
  drop column page,
  drop column problem,
  drop column name,
  drop column email,
  drop column answer,
  add column person     text not null check (person ~ '^report:[0-9a-z-]{1,60}$'), -- a key of its own
  add column page       bytea not null check (length(page) <= 3000), -- encrypted, as the next ones
  add column problem    bytea not null check (length(problem) <= 20000),
  add column name       bytea not null check (length(name) <= 2000),
  add column email      bytea not null check (length(email) <= 2000),
  add column answer     bytea check (length(answer) <= 40000),
  add column email_hash bytea check (length(email_hash) = 32); -- keyed: how many receipts an address got today
create index barrier_report_person on barrier_report (municipality_id, person);
create index barrier_report_email on barrier_report (municipality_id, email_hash, created_at);
call classify('barrier_report',
  'personal: answer reports of barriers; Art. 6 (1) c DSGVO with § 10 (3) L-BGG; 1 year after the answer',
  'person', 'page', 'problem', 'name', 'email', 'answer', 'email_hash');
