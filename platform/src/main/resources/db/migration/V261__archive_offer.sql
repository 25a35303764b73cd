-- Cases are offered to the archive before they are deleted (§ 3 LArchG), where their package says so.
create table archive_offer (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  office          text not null,
  procedure       text not null check (length(procedure) <= 60),
  procedure_de    text not null check (length(procedure_de) <= 300),
  procedure_en    text not null check (length(procedure_en) <= 300),
  offered_at      timestamptz not null,
  cases           integer not null check (cases > 0),
  result          text check (result in ('TAKEN', 'DECLINED')), -- null until the archive has answered
  ended_at        timestamptz check ((ended_at is null) = (result is null)),
  primary key (municipality_id, id)
);
call wall('archive_offer');
call classify('archive_offer', 'not personal', 'municipality_id', 'id', 'office', 'procedure', 'procedure_de', 'procedure_en', 'offered_at',
  'cases', 'result', 'ended_at');

alter table case_file add column archive_offer bigint, -- in which it was offered
  add column archive_result text check (archive_result in ('TAKEN', 'DECLINED')); -- then it may be deleted
create index case_file_archive on case_file (municipality_id, office, delete_after) where archive and archive_result is null;
create index case_file_offer on case_file (municipality_id, archive_offer) where archive_offer is not null;
call classify('case_file', 'not personal', 'archive_offer', 'archive_result');
