-- The retention engine looks every minute for what is due; these keep it cheap.
create index account_session_last_seen_at on account_session (last_seen_at);
create index account_session_created_at on account_session (created_at);
create index account_link_expires_at on account_link (expires_at);
create index spent_token_expires_at on spent_token (expires_at);
create index sign_in_attempt_at on sign_in_attempt (at);
