package de.citycloud.platform.operation;

import java.util.Optional;

/** Something to say to whoever starts the program, once it is ready; may hold secrets, since it reaches no log. */
@FunctionalInterface
public interface StartNotice {
  /**
   * The words, one line or several; empty if there is nothing to say this time.
   *
   * @param address of the program, without a slash at the end, e.g. {@code http://127.0.0.1:8080}
   */
  Optional<String> text(String address);
}
