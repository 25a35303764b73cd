package de.citycloud.platform.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where somebody wanted to go before they had to sign in or say something first. */
final class WayBack {
  /** A path of this program, nothing that names another host. */
  private static final Pattern PATH = Pattern.compile("/[a-z0-9-]+(/[\\w.~-]+)*");

  private WayBack() {}

  /** {@code ?next=…} for a page that was read; empty for a form that was sent. */
  static String query(HttpServletRequest request) {
    return SecurityConfiguration.isRead(request)
        ? "?next=" + URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8)
        : "";
  }

  /** {@code next} if it is a page of this municipality, else its page {@code otherwise}. */
  static String of(String municipality, @Nullable String next, String otherwise) {
    return next != null && next.startsWith("/" + municipality + "/") && PATH.matcher(next).matches()
        ? next
        : "/" + municipality + otherwise;
  }
}
