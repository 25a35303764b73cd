-- Tasks in cases of other offices that somebody has taken, in the order of the inbox.
create index case_task_own on case_task (municipality_id, assignee, due_on, id) where done_at is null and elsewhere;
