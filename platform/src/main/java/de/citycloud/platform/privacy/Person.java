package de.citycloud.platform.privacy;

import de.citycloud.platform.audit.AuditActor;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Somebody whose data the current municipality holds. The id says nothing about them, is never given to anybody else
 * and means somebody else in another municipality.
 *
 * @param id kind and number, e.g. {@code account:17}
 */
public record Person(String id) {
  private static final Pattern FORM = Pattern.compile("[a-z]+:[0-9a-z-]{1,60}");

  public Person {
    if (!FORM.matcher(id).matches()) {
      throw new IllegalArgumentException("The id of a person is \"%s\", expected e.g. account:17.".formatted(id));
    }
  }

  /** Whoever has the account of this number. */
  public static Person ofAccount(long number) {
    return new Person("account:" + number);
  }

  /**
   * A record that belongs to nobody known and has a key of its own.
   *
   * @param kind lower case letters, e.g. {@code message}; not {@code account}
   */
  public static Person ofRecord(String kind) {
    return new Person(kind + ":" + UUID.randomUUID());
  }

  /** Who is signed in; empty for visitors and machines. */
  public static Optional<Person> findSignedIn() {
    return AuditActor.current() instanceof AuditActor.Account(long number)
        ? Optional.of(ofAccount(number))
        : Optional.empty();
  }

  /** Number of the account; empty if it is no account. */
  public Optional<Integer> accountNumber() {
    return id.matches("account:\\d{1,9}") ? Optional.of(Integer.parseInt(id.substring(8))) : Optional.empty();
  }
}
