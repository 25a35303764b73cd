package de.citycloud.platform.privacy;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

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

  /** A principal of Spring Security that is a person. */
  public interface Known {
    /** Who it is. */
    Person person();
  }

  /** Whoever has the account of this number. */
  public static Person ofAccount(long number) {
    return new Person("account:" + number);
  }

  /** Who is signed in; empty for visitors and machines. */
  public static Optional<Person> findSignedIn() {
    return of(SecurityContextHolder.getContext().getAuthentication());
  }

  /** Number of the account; empty if it is no account. */
  public Optional<Integer> accountNumber() {
    return id.matches("account:\\d{1,9}") ? Optional.of(Integer.parseInt(id.substring(8))) : Optional.empty();
  }

  private static Optional<Person> of(@org.jspecify.annotations.Nullable Authentication authentication) {
    return authentication != null && authentication.getPrincipal() instanceof Known known
        ? Optional.of(known.person())
        : Optional.empty();
  }
}
