-- Offices of a municipality (German: Amt, Fachbereich), who works in them, and who stands in for whom.
create table office (
  municipality_id integer not null references municipality,
  key             text not null check (key ~ '^[a-z][a-z0-9-]{0,59}$'),
  name            text not null check (length(name) between 1 and 200),
  address         text not null default '' check (length(address) <= 500),
  phone           text not null default '' check (length(phone) <= 100),
  email           text not null default '' check (length(email) <= 254),
  hours           text not null default '' check (length(hours) <= 500),
  primary key (municipality_id, key)
);
create table office_member (
  municipality_id integer not null,
  office          text not null,
  account         integer not null,
  primary key (municipality_id, account, office),
  foreign key (municipality_id, office) references office on delete cascade,
  foreign key (municipality_id, account) references account on delete cascade
);
create index office_member_office on office_member (municipality_id, office);
create table substitution (
  municipality_id integer not null,
  away            integer not null,
  substitute      integer not null check (substitute <> away),
  from_day        date not null,
  until_day       date not null check (until_day between from_day and from_day + 366),
  primary key (municipality_id, away, from_day),
  foreign key (municipality_id, away) references account on delete cascade,
  foreign key (municipality_id, substitute) references account on delete cascade
);
create index substitution_substitute on substitution (municipality_id, substitute, until_day);
create index substitution_until on substitution (until_day);

call wall('office');
call wall('office_member');
call wall('substitution');
call classify('office', 'not personal', 'municipality_id', 'key', 'name', 'address', 'phone', 'email', 'hours');
call classify('office_member', 'not personal', 'municipality_id', 'office');
call classify('office_member', 'personal: cases reach those who work on them; § 15 LDSG; until they leave the office', 'account');
call classify('substitution', 'not personal', 'municipality_id');
call classify('substitution', 'personal: cases go on while somebody is away; § 15 LDSG; 30 days after the end',
  'away', 'substitute', 'from_day', 'until_day');
call serves('case-staff', 'office_member', 'substitution');
