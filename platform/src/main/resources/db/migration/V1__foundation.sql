-- The foundation: who runs here, and the wall between municipalities.

-- The municipality of the connection; null outside of any, and then no row is visible.
create function current_municipality() returns integer
  language sql stable parallel safe
  as $$ select nullif(current_setting('city.municipality', true), '')::integer $$;

-- Puts a table behind the wall. The application role sees and writes only rows of its municipality.
create procedure wall(target regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy municipality on %s using (municipality_id = current_municipality())
                  with check (municipality_id = current_municipality())', target);
end $$;

-- Says what a column holds: 'not personal', or 'personal: purpose; legal basis; retention'. A test finds the unsaid.
create procedure classify(target regclass, kind text, variadic columns text[])
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

create table municipality (
  id        integer generated always as identity primary key,
  slug      text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name      text not null check (length(name) between 1 and 200),
  longitude double precision not null check (longitude between -180 and 180),
  latitude  double precision not null check (latitude between -90 and 90),
  demo      boolean not null default false
);
call classify('municipality', 'not personal', 'id', 'slug', 'name', 'longitude', 'latitude', 'demo');

grant usage on schema public to ${application};
grant select, insert on municipality to ${application};
alter default privileges in schema public grant select, insert, update, delete on tables to ${application};
alter default privileges in schema public grant usage, select on sequences to ${application};
