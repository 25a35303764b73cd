-- Who runs the pages of a municipality: imprint and contact. An authority and an office, no person.
create table municipality_profile (
  municipality_id integer primary key references municipality,
  authority       text not null check (length(authority) between 1 and 200),
  street          text not null check (length(street) <= 200),
  postal_code     text not null check (length(postal_code) <= 10),
  town            text not null check (length(town) <= 200),
  phone           text not null check (length(phone) <= 50),
  email           text not null check (length(email) <= 200),
  representative  text not null check (length(representative) <= 200)
);
call wall('municipality_profile');
call classify('municipality_profile', 'not personal', 'municipality_id', 'authority', 'street', 'postal_code', 'town',
  'phone', 'email', 'representative');
