-- CC002: the writer has given the batch up meanwhile (the server stood still); what it told its callers must stay true.
-- The count makes sure that this is asked last.
create function in_time(deadline bigint, stored bigint, touched bigint) returns bigint
  language plpgsql volatile as $$
begin
  if clock_timestamp() > at_micros(deadline) then
    raise exception 'The batch of % rows came too late.', stored using errcode = 'CC002';
  end if;
  return touched;
end $$;
drop function all_or_none(bigint, bigint, bigint);

-- Of two values the newer one is shown; but one that a wrong clock dated more than an hour ahead yields to any that is
-- not, so that one such value does not hide the true ones for days.
create function is_newer(at timestamptz, seq smallint, than_at timestamptz, than_seq smallint) returns boolean
  language sql stable parallel safe
  as $$ select case when (at > now() + interval '1 hour') = (than_at > now() + interval '1 hour')
                    then (at, seq) > (than_at, than_seq) else than_at > at end $$;

-- The municipality of the connection is the same for all rows of a statement: asked once, not for each row.
alter policy municipality on observation using (municipality_id = (select current_municipality()))
  with check (municipality_id = (select current_municipality()));
alter policy municipality on observation_other using (municipality_id = (select current_municipality()))
  with check (municipality_id = (select current_municipality()));
alter policy municipality on datastream_latest using (municipality_id = (select current_municipality()))
  with check (municipality_id = (select current_municipality()));
