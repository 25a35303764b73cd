package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.ErasedData;
import de.citycloud.platform.privacy.ExpiringRows;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonalDataHolder;
import de.citycloud.platform.privacy.PersonalItem;
import de.citycloud.platform.privacy.ProcessingActivity;
import de.citycloud.platform.privacy.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What this module holds of people: their account, its roles, and names typed in at the sign-in. */
@Component
class AccountData implements PersonalDataHolder {
  private static final String ACTIVITY = "staff-sign-in";

  private final JdbcClient jdbc;

  AccountData(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Activity and retention of the sign-in. */
  @Configuration(proxyBeanMethods = false)
  static class Declared {
    @Bean
    ProcessingActivity staffSignInActivity() {
      return new ProcessingActivity(ACTIVITY);
    }

    @Bean
    RetentionRule signInAttemptRule() {
      return new ExpiringRows("sign-in-attempt", "sign_in_attempt", "at", Duration.ofMinutes(SignInAttempts.MINUTES));
    }
  }

  @Override
  public List<PersonalItem> listOf(Person person) {
    record Row(String name, OffsetDateTime createdAt, @Nullable OffsetDateTime lastSignInAt) {}
    var items = new ArrayList<PersonalItem>();
    person.accountNumber().flatMap(number -> jdbc
        .sql("select name, created_at, last_sign_in_at from account where id = ?").param(number).query(Row.class)
        .optional()).ifPresent(account -> {
          var made = account.createdAt.toInstant();
          items.add(new PersonalItem(ACTIVITY, "column.account.name", "", account.name, made, null));
          items.add(PersonalItem.of(ACTIVITY, "column.account.created_at", made.toString()));
          if (account.lastSignInAt != null) {
            items.add(PersonalItem.of(ACTIVITY, "column.account.last_sign_in_at",
                account.lastSignInAt.toInstant().toString()));
          }
          for (var role : jdbc.sql("select role from account_role where account_id = ? order by role")
              .param(person.accountNumber().orElseThrow()).query(String.class).list()) {
            items.add(PersonalItem.of(ACTIVITY, "column.account_role.role", role));
          }
          for (var at : jdbc.sql("select at from sign_in_attempt where name = ? order by at").param(account.name)
              .query(OffsetDateTime.class).list()) {
            Instant time = at.toInstant();
            items.add(PersonalItem.of(ACTIVITY, "column.sign_in_attempt.at", time.toString()));
          }
        });
    return items;
  }

  @Override
  public ErasedData erase(Person person) {
    int municipality = CurrentMunicipality.get().id();
    return person.accountNumber().map(number -> {
      long gone = jdbc.sql("""
                           delete from sign_in_attempt where municipality_id = ? and name in
                             (select name from account where municipality_id = ? and id = ?)
                           """).params(municipality, municipality, number).update();
      gone += jdbc.sql("delete from account where municipality_id = ? and id = ?").params(municipality, number)
          .update();
      return new ErasedData(gone, gone > 0 ? List.of("privacy.kept.audit") : List.of());
    }).orElse(ErasedData.of(0));
  }
}
