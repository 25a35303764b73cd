-- The register of processing (Art. 30 DSGVO): every personal column leads to an activity, and by it to recipients.

-- As before, and with an optional fourth part: 'personal: purpose; legal basis; retention; activity <key>' for a column
-- that serves another activity than the rest of its table.
create or replace procedure classify(target regclass, kind text, variadic columns text[])
  language plpgsql as $$
declare c text;
begin
  if kind <> 'not personal' and kind not like 'personal: %; %; %' then
    raise exception 'A column is ''not personal'' or ''personal: purpose; legal basis; retention'', not ''%''', kind;
  end if;
  foreach c in array columns loop
    execute format('comment on column %s.%I is %L', target, c, kind);
  end loop;
end $$;

-- Says which activity the personal columns of a table serve. The program declares the activity with its texts.
create procedure serves(activity text, variadic targets regclass[])
  language plpgsql as $$
declare t regclass;
begin
  if activity !~ '^[a-z][a-z0-9-]{1,39}$' then
    raise exception 'An activity is called by lower case letters, digits and hyphens, not ''%''', activity;
  end if;
  foreach t in array targets loop
    execute format('comment on table %s is %L', t, 'activity ' || activity);
  end loop;
end $$;

call serves('staff-sign-in', 'account', 'account_role', 'sign_in_attempt');
call serves('source-faults', 'quarantine', 'mqtt_rejection');
