package de.citycloud.platform.identity;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BindingResult;

/** The two fields of a new password. */
final class NewPassword {
  private NewPassword() {}

  /**
   * Rejects the fields {@code password} and {@code again} if they are no good.
   *
   * @param known words a password must not lean on
   */
  static void check(@Nullable String password, @Nullable String again, List<String> known, BindingResult errors) {
    var weakness = Passwords.weaknessOf(Objects.requireNonNullElse(password, ""), known);
    if (weakness.isPresent()) {
      errors.rejectValue("password", weakness.get());
    } else if (!Objects.equals(password, again)) {
      errors.rejectValue("again", "account.password.differs");
    }
  }
}
