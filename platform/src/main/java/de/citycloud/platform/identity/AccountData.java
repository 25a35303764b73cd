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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What this module holds of people: their account, its roles, sessions, second factors and links, and names typed in at
 * the sign-in. All of it hangs on the account and goes with it; an erased person is signed out by that.
 */
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

    @Bean
    RetentionRule unusedSessionRule(IdentityProperties properties) {
      return new ExpiringRows("session-unused", "account_session", "last_seen_at", properties.idle());
    }

    @Bean
    RetentionRule sessionRule(IdentityProperties properties) {
      return new ExpiringRows("session", "account_session", "created_at", properties.longest());
    }

    @Bean
    RetentionRule invitationRule() {
      return new ExpiringRows("invitation", "account_link", "expires_at", Duration.ZERO);
    }

    @Bean
    RetentionRule spentTokenRule() {
      return new ExpiringRows("spent-token", "spent_token", "expires_at", Duration.ZERO);
    }
  }

  @Override
  public List<PersonalItem> listOf(Person person) {
    record Row(String name, OffsetDateTime createdAt, @Nullable OffsetDateTime lastSignInAt,
        @Nullable OffsetDateTime totpSince, @Nullable String issuer, @Nullable String subject, String assurance) {}
    var items = new ArrayList<PersonalItem>();
    person.accountNumber()
        .ifPresent(number -> jdbc.sql("""
                                      select name, created_at, last_sign_in_at, totp_since, issuer, subject,
                                        assurance from account where id = ?
                                      """).param(number).query(Row.class).optional()
            .ifPresent(account -> {
              items.add(item("account.name", account.name).since(account.createdAt.toInstant()));
              items.add(time("account.created_at", account.createdAt));
              if (account.lastSignInAt != null) {
                items.add(time("account.last_sign_in_at", account.lastSignInAt));
              }
              if (account.issuer != null && account.subject != null) {
                items.add(item("account.issuer", account.issuer));
                items.add(item("account.subject", account.subject));
                items.add(item("account.assurance", account.assurance));
              }
              if (account.totpSince != null) {
                items.add(time("account.totp_since", account.totpSince));
              }
              addRows(items, number);
              jdbc.sql("select at from sign_in_attempt where name = ? order by at").param(account.name)
                  .query(OffsetDateTime.class).list().forEach(at -> items.add(time("sign_in_attempt.at", at)));
            }));
    return items;
  }

  private void addRows(List<PersonalItem> items, int account) {
    jdbc.sql("select role from account_role where account_id = ? order by role").param(account).query(String.class)
        .list().forEach(role -> items.add(item("account_role.role", role)));
    jdbc.sql("select device, network, created_at from account_session where account_id = ? order by created_at")
        .param(account).query((row, number) -> item("account_session.device",
            row.getString(1) + ", " + row.getString(2)).since(row.getObject(3, OffsetDateTime.class).toInstant()))
        .list().forEach(items::add);
    jdbc.sql("select label, created_at from passkey where account_id = ? order by created_at").param(account)
        .query((row, number) -> item("passkey.label", row.getString(1))
            .since(row.getObject(2, OffsetDateTime.class).toInstant()))
        .list().forEach(items::add);
    int codes = jdbc.sql("select count(*) from recovery_code where account_id = ?").param(account)
        .query(Integer.class).single();
    if (codes > 0) {
      items.add(item("recovery_code.account_id", Integer.toString(codes)));
    }
    jdbc.sql("select expires_at from account_link where account_id = ?").param(account).query(OffsetDateTime.class)
        .list().forEach(until -> items.add(time("account_link.expires_at", until)));
  }

  private static PersonalItem item(String column, String value) {
    return PersonalItem.of(ACTIVITY, "column." + column, value);
  }

  private static PersonalItem time(String column, OffsetDateTime value) {
    return item(column, value.toInstant().toString());
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
