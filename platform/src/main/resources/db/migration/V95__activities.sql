-- Which activities the tables of other modules serve. Some were made while this migration was written.
call serves('audit-log', 'audit_entry');
do $$
declare t text;
begin
  foreach t in array array['account_session', 'account_link', 'recovery_code', 'passkey'] loop
    if to_regclass(t) is not null then call serves('staff-sign-in', variadic array[t::regclass]); end if;
  end loop;
  foreach t in array array['outgoing_message', 'barrier_report'] loop
    if to_regclass(t) is not null then call serves('messages', variadic array[t::regclass]); end if;
  end loop;
end $$;
