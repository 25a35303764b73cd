-- Retention: what was deleted when, and what must not be.
create table retention_run (
  municipality_id integer not null references municipality,
  id              bigint generated always as identity,
  rule            text not null,
  ran_at          timestamptz not null,
  started_before  timestamptz not null, -- rows whose period began before this were due
  deleted         bigint not null,
  held            bigint not null, -- due, but kept by a legal hold
  primary key (municipality_id, id)
);
create index retention_run_ran_at on retention_run (municipality_id, ran_at);

create table legal_hold (
  municipality_id integer not null references municipality,
  id              integer generated always as identity,
  rule            text, -- a whole kind of data
  person          text, -- everything of a person
  reason          text not null check (length(reason) between 1 and 500),
  set_by          text not null,
  set_at          timestamptz not null default now(),
  lifted_at       timestamptz,
  primary key (municipality_id, id),
  check (num_nonnulls(rule, person) = 1)
);

-- Background work of all modules, claimed through the database by db-scheduler. Its data are numbers and times.
create table if not exists scheduled_tasks (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  state                text,
  primary key (task_name, task_instance)
);
create index if not exists scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index if not exists scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);

call wall('retention_run');
call wall('legal_hold');
call classify('retention_run', 'not personal', 'municipality_id', 'id', 'rule', 'ran_at', 'started_before', 'deleted',
  'held');
call classify('legal_hold', 'not personal', 'municipality_id', 'id', 'rule', 'set_at', 'lifted_at');
call classify('legal_hold', 'personal: keep what a claim or a law needs; Art. 17 (3) DSGVO; 1 year after it is lifted',
  'person', 'reason', 'set_by');
call serves('person-rights', 'legal_hold');
call classify('scheduled_tasks', 'not personal', 'task_name', 'task_instance', 'task_data', 'execution_time', 'picked',
  'picked_by', 'last_success', 'last_failure', 'consecutive_failures', 'last_heartbeat', 'version', 'priority', 'state');
