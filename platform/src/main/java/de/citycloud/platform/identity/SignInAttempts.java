package de.citycloud.platform.identity;

import de.citycloud.platform.guard.NetworkAddress;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.util.function.Supplier;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ends guessing: at most {@value #AT_MOST} wrong passwords in 15 minutes for one name and for one address. It counts in
 * the database, so that all processes count together and a restart forgets nothing.
 */
@Component
class SignInAttempts {
  static final int AT_MOST = 10;
  static final int MINUTES = 15;

  private final JdbcClient jdbc;

  SignInAttempts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What came of a try. */
  sealed interface Outcome<T> {
    /** Name and password fit. */
    record Welcome<T>(T account) implements Outcome<T> {}

    /** They do not; which of them is not said. */
    record Wrong<T>() implements Outcome<T> {}

    /** There were too many tries before; this one was not looked at. */
    record TooMany<T>() implements Outcome<T> {}
  }

  /**
   * Counts the try first, then makes it: of many at once only the allowed number is made.
   *
   * @param name as given, whether or not there is such an account
   * @param address of the caller
   */
  <T> Outcome<T> attempt(String name, String address, Supplier<Optional<T>> signIn) {
    var known = Accounts.normalised(name);
    var counted = known.substring(0, Math.min(100, known.length()));
    var from = NetworkAddress.counted(address);
    long id = jdbc
        .sql("insert into sign_in_attempt (municipality_id, name, address) values (?, ?, ?) returning id")
        .params(CurrentMunicipality.get().id(), counted, from).query(Long.class).single();
    int most = jdbc
        .sql("""
             select greatest(
               (select count(*) from sign_in_attempt where name = ? and at > now() - make_interval(mins => ?)),
               (select count(*) from sign_in_attempt where address = ? and at > now() - make_interval(mins => ?)))
             """).params(counted, MINUTES, from, MINUTES).query(Integer.class).single();
    if (most > AT_MOST) {
      forget(id);
      return new Outcome.TooMany<>();
    }
    var account = signIn.get();
    if (account.isEmpty()) {
      return new Outcome.Wrong<>();
    }
    forget(id);
    return new Outcome.Welcome<>(account.get());
  }

  private void forget(long id) {
    jdbc.sql("delete from sign_in_attempt where id = ?").param(id).update();
  }
}
