-- Which version of an adopted procedure its origin knows we use: it hears of one when it begins, not when it is planned.
alter table procedure_adoption add column told text check (told ~ '^[0-9a-f]{64}$');
update procedure_adoption set told = (
  select a.digest from procedure_activation a
  where a.municipality_id = procedure_adoption.municipality_id and a.key = procedure_adoption.key
    and a.active_from <= now()
  order by a.active_from desc, a.id desc limit 1) where origin_id is not null;
call classify('procedure_adoption', 'not personal', 'told');
