-- Roles are named sets of permissions. Who was staff looked after sources and data.
alter table account_role drop constraint account_role_role_check;
update account_role set role = 'data_steward' where role = 'staff';
alter table account_role add constraint account_role_role_check check (role in ('citizen', 'caseworker', 'moderator',
  'traffic_engineer', 'data_steward', 'office_lead', 'administrator', 'data_protection_officer'));
