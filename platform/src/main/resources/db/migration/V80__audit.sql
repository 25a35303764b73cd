-- The audit log: who did what, in one chain per municipality. It only grows.

create table audit_entry (
  municipality_id integer not null references municipality,
  seq             bigint not null check (seq > 0), -- 1, 2, 3 … without gaps
  at              timestamptz not null,
  action          text not null check (action ~ '^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$' and length(action) <= 60),
  object          text not null check (length(object) <= 200),
  actor           text not null check (actor ~ '^(account:\d+|key:\d+|program:.{1,80}|visitor)$'),
  purpose         text not null check (length(purpose) <= 200),
  details         text not null check (length(details) <= 4000), -- one JSON object, keys sorted, values are texts
  previous        bytea not null check (length(previous) = 32), -- hash of the entry before; zeros for the first
  hash            bytea not null check (length(hash) = 32),
  primary key (municipality_id, seq)
);
-- The end of each chain; locked while an entry is added, so that the order is total.
create table audit_head (
  municipality_id integer primary key references municipality,
  seq             bigint not null,
  hash            bytea not null check (length(hash) = 32)
);
create index audit_entry_action on audit_entry (municipality_id, action, seq);
create index audit_entry_actor on audit_entry (municipality_id, actor, seq);
create index audit_entry_at on audit_entry (municipality_id, at);

call wall('audit_entry');
call wall('audit_head');
call classify('audit_entry', 'not personal', 'municipality_id', 'seq', 'action', 'previous', 'hash');
call classify('audit_entry', 'personal: proof of who did what; Art. 5 (2), Art. 32 DSGVO; as long as the deployment runs',
  'at', 'object', 'actor', 'purpose', 'details');
call classify('audit_head', 'not personal', 'municipality_id', 'seq', 'hash');

-- A text as it enters the hash: its length in bytes (4, big-endian), then its bytes in UTF-8.
create function audit_part(value text) returns bytea
  language sql immutable strict parallel safe
  as $$ select int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') $$;

-- Adds an entry to the chain of the current municipality. The only way in: the application may not insert.
create function audit_append(p_action text, p_object text, p_actor text, p_purpose text, p_details text) returns bigint
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  m integer := current_municipality();
  head audit_head;
  moment timestamptz;
  sum bytea;
begin
  if coalesce(m, 0) = 0 then
    raise exception 'The audit log has no municipality to write for, expected one.';
  end if;
  select * into head from audit_head where municipality_id = m for update;
  if not found then
    insert into audit_head values (m, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
    select * into head from audit_head where municipality_id = m for update;
  end if;
  moment := clock_timestamp(); -- after the lock, so that times follow the order
  sum := sha256(audit_part('city-audit-1') || audit_part(m::text) || audit_part((head.seq + 1)::text)
    || audit_part((extract(epoch from moment) * 1000000)::bigint::text) || audit_part(p_action) || audit_part(p_object)
    || audit_part(p_actor) || audit_part(p_purpose) || audit_part(p_details) || head.hash);
  insert into audit_entry values (m, head.seq + 1, moment, p_action, p_object, p_actor, p_purpose, p_details,
    head.hash, sum);
  update audit_head set seq = head.seq + 1, hash = sum where municipality_id = m;
  return head.seq + 1;
end $$;
revoke execute on function audit_append from public;
grant execute on function audit_append to ${application};
revoke insert, update, delete, truncate on audit_entry, audit_head from ${application};

create function audit_only_grows() returns trigger
  language plpgsql as $$
begin
  raise exception 'The audit log only grows: % on % is refused.', tg_op, tg_table_name;
end $$;
create trigger audit_only_grows before update or delete on audit_entry
  for each row execute function audit_only_grows();
create trigger audit_is_not_emptied before truncate on audit_entry
  for each statement execute function audit_only_grows();
create trigger audit_head_stays before delete on audit_head
  for each row execute function audit_only_grows();
create trigger audit_head_is_not_emptied before truncate on audit_head
  for each statement execute function audit_only_grows();
