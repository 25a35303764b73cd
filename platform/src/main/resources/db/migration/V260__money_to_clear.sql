-- Money that came but does not settle a fee: of another amount, or for a case that owes nothing. A person clears it.
alter table payment drop constraint payment_state_check;
alter table payment add constraint payment_state_check
  check (state in ('OPEN', 'PAID', 'FAILED', 'EXPIRED', 'CHECK', 'REFUND', 'RETURNED'));
alter table payment add received numeric(14, 2); -- euros, as the provider says; null unless money came
alter table payment add cleared_at timestamptz; -- when somebody said what became of it
alter table payment add cleared_by integer; -- account of who did
create index payment_to_clear on payment (municipality_id, ended_at) where state in ('CHECK', 'REFUND');
call classify('payment', 'not personal', 'cleared_at');
call classify('payment', 'personal: take fees; Art. 6 (1) e DSGVO with KAG and LGebG; 10 years after the end',
  'received', 'cleared_by');

alter table case_file drop constraint case_file_payment_check;
alter table case_file add constraint case_file_payment_check
  check (payment in ('NONE', 'OPEN', 'PAID', 'INVOICE', 'CANCELLED', 'CHECK', 'REFUND'));
