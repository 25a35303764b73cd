-- Messages that the MQTT door or the external broker brought and the store could not take.
create table mqtt_rejection (
  municipality_id integer not null references municipality,
  fingerprint     bytea not null, -- of sender, topic and payload
  sender          text not null,  -- label of the key and client id
  topic           text not null,
  reason          text not null,
  payload         bytea not null, -- the first 4,096 bytes
  payload_bytes   integer not null,
  first_at        timestamptz not null default now(),
  last_at         timestamptz not null default now(),
  times_seen      integer not null default 1,
  primary key (municipality_id, fingerprint)
);
create index mqtt_rejection_last on mqtt_rejection (municipality_id, last_at);
call wall('mqtt_rejection');
call classify('mqtt_rejection', 'not personal', 'municipality_id', 'fingerprint', 'payload_bytes', 'first_at',
  'last_at', 'times_seen');
-- A client may send what it should not; nobody can know before looking.
call classify('mqtt_rejection', 'personal: find and mend faults of a sender; Art. 6(1)(e) GDPR; 30 days', 'sender',
  'topic', 'reason', 'payload');
