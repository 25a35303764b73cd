package de.citycloud.platform.municipality;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The offices of the current municipality and the accounts that work in them. */
@Service
public class Offices {
  private static final String COLUMNS = "select key, name, address, phone, email, hours from office";

  private final JdbcClient jdbc;

  /** @param jdbc connections behind the wall */
  public Offices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All offices, by name. */
  public List<Office> listAll() {
    return jdbc.sql(COLUMNS + " order by name, key").query(Office.class).list();
  }

  /** The office of this key; empty if there is none. */
  public Optional<Office> find(String key) {
    return jdbc.sql(COLUMNS + " where key = ?").param(key).query(Office.class).optional();
  }

  /** Adds an office; nothing happens if there is one of this key. */
  public void ensure(Office office) {
    jdbc.sql("""
             insert into office (municipality_id, key, name, address, phone, email, hours) values (?, ?, ?, ?, ?, ?, ?)
             on conflict do nothing
             """).params(CurrentMunicipality.get().id(), office.key(), office.name(), office.address(),
        office.phone(), office.email(), office.hours()).update();
  }

  /** Adds an office, or changes the one of this key. */
  public void save(Office office) {
    jdbc.sql("""
             insert into office (municipality_id, key, name, address, phone, email, hours) values (?, ?, ?, ?, ?, ?, ?)
             on conflict (municipality_id, key) do update set name = excluded.name, address = excluded.address,
               phone = excluded.phone, email = excluded.email, hours = excluded.hours
             """).params(CurrentMunicipality.get().id(), office.key(), office.name(), office.address(),
        office.phone(), office.email(), office.hours()).update();
  }

  /** Numbers of the accounts that work in an office, ascending. */
  public List<Integer> listMembers(String office) {
    return jdbc.sql("select account from office_member where office = ? order by account").param(office)
        .query(Integer.class).list();
  }

  /** Keys of the offices in which an account works, in their order. */
  public List<String> listOf(int account) {
    return jdbc.sql("select office from office_member where account = ? order by office").param(account)
        .query(String.class).list();
  }

  /** Lets an account work in an office; false if it does already, or one of the two is not there. */
  public boolean join(String office, int account) {
    return jdbc.sql("""
                    insert into office_member (municipality_id, office, account)
                    select ?, o.key, a.id from office o, account a where o.key = ? and a.id = ?
                    on conflict do nothing
                    """).params(CurrentMunicipality.get().id(), office, account).update() > 0;
  }

  /** Ends that; false if it did not work there. */
  public boolean leave(String office, int account) {
    return jdbc.sql("delete from office_member where office = ? and account = ?").params(office, account).update() > 0;
  }
}
