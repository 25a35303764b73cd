-- Adds the partition of Observations [lower, upper). Values of that time that came before it move into it. Safe with
-- several processes; readers and writers of other partitions go on.
create procedure add_observation_partition(part text, lower timestamptz, upper timestamptz)
  language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('add_observation_partition'));
  if to_regclass(part) is not null then
    return;
  end if;
  execute format('create table %I (like observation including defaults including constraints including indexes)', part);
  execute format('call wall(%L)', part);
  execute format('alter policy municipality on %I using (municipality_id = (select current_municipality()))
                  with check (municipality_id = (select current_municipality()))', part);
  lock table observation_other in access exclusive mode;
  execute format('with moved as (delete from observation_other where phenomenon_time >= %L and phenomenon_time < %L
                  returning *) insert into %I select * from moved', lower, upper, part);
  execute format('alter table observation attach partition %I for values from (%L) to (%L)', part, lower, upper);
end $$;
