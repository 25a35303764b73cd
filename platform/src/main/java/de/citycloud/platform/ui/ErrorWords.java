package de.citycloud.platform.ui;

import org.springframework.stereotype.Component;

/** Which words an error page uses for a status. In templates {@code @words}. */
@Component("words")
class ErrorWords {
  /** Message key of the heading. */
  public String heading(int status) {
    return "ui.error." + form(status) + ".title";
  }

  /** Message key of what to do now. */
  public String advice(int status) {
    return "ui.error." + form(status) + ".advice";
  }

  private static String form(int status) {
    return switch (status) {
      case 401, 403 -> "403";
      case 404, 410 -> "404";
      case 413 -> "413";
      case 429, 503 -> "503";
      default -> status < 500 ? "4xx" : "5xx";
    };
  }
}
