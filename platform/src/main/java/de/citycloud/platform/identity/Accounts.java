package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Accounts of the current municipality. There is none until a set-up link was used, and no default password. */
@Service
class Accounts {
  static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}]{3,100}");
  static final Duration LINK_VALID = Duration.ofDays(7);

  private final JdbcClient jdbc;
  private final Passwords passwords;
  private final AuditLog audit;

  Accounts(JdbcClient jdbc, Passwords passwords, AuditLog audit) {
    this.jdbc = jdbc;
    this.passwords = passwords;
    this.audit = audit;
  }

  /**
   * An account as administrators see it.
   *
   * @param roles in the order of {@link Role}
   * @param invited true if nobody has chosen a password yet
   * @param disabled true if it cannot be used
   * @param local false if it belongs to an identity provider
   * @param codes true with an authenticator app
   * @param passkeys how many
   * @param lastSignInAt null for never
   */
  record Account(int id, String name, Set<Role> roles, boolean invited, boolean disabled, boolean local, boolean codes,
      int passkeys, @Nullable Instant lastSignInAt) {
    public boolean hasSecondFactor() {
      return codes || passkeys > 0;
    }
  }

  /** The form in which a name is stored and compared. */
  static String normalised(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Makes an account and returns its number; empty if the name is taken. */
  @Transactional
  Optional<Integer> create(String name, String password, Role role) {
    var id = insert(name, Set.of(role));
    id.ifPresent(account -> setPassword(account, password));
    return id;
  }

  /** A one-time link for an account, as a path. */
  record Link(int account, String path) {}

  /** Makes an account that waits for its owner; empty if the name is taken. */
  @Transactional
  Optional<Link> invite(String name, Set<Role> roles) {
    return insert(name, roles).map(this::newLink);
  }

  private Optional<Integer> insert(String name, Set<Role> roles) {
    var id = jdbc.sql("""
                      insert into account (municipality_id, name) values (?, ?)
                      on conflict (municipality_id, name) do nothing returning id
                      """).params(CurrentMunicipality.get().id(), normalised(name)).query(Integer.class).optional();
    id.ifPresent(account -> setRoles(account, roles));
    return id;
  }

  /** A one-time link with which the owner of the account chooses a password; the one before ends. Shown once. */
  Link newLink(int account) {
    var municipality = CurrentMunicipality.get();
    var token = Tokens.random();
    jdbc.sql("""
             insert into account_link (municipality_id, account_id, hash, expires_at)
             values (?, ?, ?, now() + make_interval(days => ?))
             on conflict (municipality_id, account_id)
               do update set hash = excluded.hash, expires_at = excluded.expires_at
             """).params(municipality.id(), account, Tokens.hash(token), (int) LINK_VALID.toDays()).update();
    record("account.link-made", account);
    return new Link(account, "/%s/invitation?token=%s".formatted(municipality.slug(), token));
  }

  /** Whom a link is for; empty if it is none, has ended or was used, or the account is disabled. */
  Optional<Account> findByLink(String token) {
    return jdbc.sql("""
                    select l.account_id from account_link l join account a on a.id = l.account_id
                    where l.hash = ? and l.expires_at > now() and a.disabled_at is null
                    """).param(Tokens.hash(token)).query(Integer.class).optional().flatMap(this::find);
  }

  /** Uses the link up and sets the password; empty if there is no such link (any more). All sessions end. */
  @Transactional
  Optional<Account> redeem(String token, String password) {
    var account = findByLink(token).filter(
        found -> jdbc.sql("delete from account_link where hash = ?").param(Tokens.hash(token)).update() == 1);
    account.ifPresent(found -> {
      setPassword(found.id, password);
      jdbc.sql("delete from account_session where account_id = ?").param(found.id).update();
    });
    return account;
  }

  /** Who has this name and password; empty for a wrong one. Does the same work whether or not the name exists. */
  Optional<Account> verify(String name, String password) {
    record Row(int id, String passwordHash) {}
    var row = jdbc.sql("""
                       select id, password_hash from account
                       where name = ? and password_hash is not null and disabled_at is null
                       """).param(normalised(name)).query(Row.class).optional();
    boolean fits = passwords.matches(password, row.map(Row::passwordHash).orElse(null));
    return row.filter(known -> fits).flatMap(known -> find(known.id));
  }

  /** True if this is the password of the account. */
  boolean hasPassword(int account, String password) {
    return passwords.matches(password, jdbc.sql("select password_hash from account where id = ?").param(account)
        .query(String.class).optional().orElse(null));
  }

  /** Changes the password. */
  @Transactional
  void setPassword(int account, String password) {
    jdbc.sql("update account set password_hash = ? where id = ?").params(passwords.hash(password), account).update();
    record("account.password-set", account);
  }

  /** The account of somebody whom an identity provider knows; made at the first visit, never joined by name. */
  @Transactional
  Account ofProvider(String issuer, String subject, String name, Assurance assurance) {
    int municipality = CurrentMunicipality.get().id();
    var known = jdbc.sql("select id from account where issuer = ? and subject = ?").params(issuer, subject)
        .query(Integer.class).optional();
    var wanted = normalised(name).replaceAll("[\\s\\p{Cntrl}]", "-");
    var free = NAME.matcher(wanted).matches() ? wanted : "account-" + Tokens.random().substring(0, 8);
    int id = known.orElseGet(() -> jdbc
        .sql("""
             insert into account (municipality_id, name, issuer, subject)
             select ?, case when exists (select from account where name = ?) then ? else ? end, ?, ?
             on conflict (municipality_id, issuer, subject) do update set subject = excluded.subject returning id
             """).params(municipality, free, free.substring(0, Math.min(90, free.length())) + "-"
            + Tokens.random().substring(0, 8), free, issuer, subject)
        .query(Integer.class).single());
    jdbc.sql("update account set assurance = ? where id = ?").params(assurance.inStore(), id).update();
    return find(id).orElseThrow();
  }

  /** Gives exactly these roles. */
  @Transactional
  void setRoles(int account, Set<Role> roles) {
    jdbc.sql("delete from account_role where account_id = ?").param(account).update();
    for (var role : roles) {
      jdbc.sql("insert into account_role (municipality_id, account_id, role) values (?, ?, ?)")
          .params(CurrentMunicipality.get().id(), account, role.inStore()).update();
    }
    audit.record(AuditEntry.of("account.roles-set", "account " + account).with("roles",
        new TreeSet<>(roles).stream().map(Role::inStore).collect(Collectors.joining(" "))));
  }

  /** Locks the account, and ends its sessions and its link, or opens it again. */
  @Transactional
  void disable(int account, boolean disabled) {
    jdbc.sql("update account set disabled_at = case when ? then now() end where id = ?").params(disabled, account)
        .update();
    record(disabled ? "account.disabled" : "account.enabled", account);
    if (disabled) {
      jdbc.sql("delete from account_session where account_id = ?").param(account).update();
      jdbc.sql("delete from account_link where account_id = ?").param(account).update();
    }
  }

  /** The account with this number; empty if there is none here. */
  Optional<Account> find(int id) {
    return jdbc.sql(SELECT + " where a.id = ?").param(id).query(Accounts::read).optional();
  }

  /** At most 1,000 accounts by name. */
  List<Account> listAll() {
    return jdbc.sql(SELECT + " order by a.name limit 1000").query(Accounts::read).list();
  }

  private void record(String action, int account) {
    audit.record(AuditEntry.of(action, "account " + account));
  }

  private static final String SELECT = """
                                       select a.id, a.name, a.password_hash, a.issuer, a.disabled_at, a.totp_since, a.last_sign_in_at,
                                         (select string_agg(role, ' ') from account_role r where r.account_id = a.id) as roles,
                                         (select count(*) from passkey p where p.account_id = a.id) as passkeys
                                       from account a""";

  private static Account read(ResultSet row, int number) throws SQLException {
    var roles = row.getString("roles");
    boolean local = row.getString("issuer") == null;
    var seen = row.getObject("last_sign_in_at", OffsetDateTime.class);
    return new Account(row.getInt("id"), row.getString("name"),
        roles == null
            ? Set.of()
            : Arrays.stream(roles.split(" ")).map(Role::of).collect(Collectors.toCollection(TreeSet::new)),
        local && row.getString("password_hash") == null, row.getObject("disabled_at") != null, local,
        row.getObject("totp_since") != null, row.getInt("passkeys"), seen == null ? null : seen.toInstant());
  }
}
