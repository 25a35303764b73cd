-- How often somebody may still call what is costly; shared by all processes. The id is a keyed hash of who calls what:
-- it belongs to no municipality and tells no address.
create table rate_limit (
  id         bigint primary key,
  state      bytea,
  expires_at bigint -- ms since 1970
);
create index rate_limit_expires on rate_limit (expires_at);
call classify('rate_limit', 'not personal', 'id', 'state', 'expires_at');
