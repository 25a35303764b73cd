package de.citycloud.platform.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.LocaleResolver;

/**
 * The language of a page: {@code ?lang=}, else what the browser prefers, else German. A choice is carried on in the
 * links of the page rather than in a cookie, so that nothing is stored on the device of somebody who only reads.
 */
class PageLanguage implements LocaleResolver {
  static final String PARAMETER = "lang";
  static final List<Locale> OFFERED = List.of(Locale.GERMAN, Locale.ENGLISH);
  private static final Pattern IN_QUERY = Pattern.compile("(?:^|&)" + PARAMETER + "=(\\w{2})(?=&|$)");

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    return asked(request).orElseGet(() -> preferred(request));
  }

  /** The language that was asked for, if it is another than the browser prefers; links must carry it on. */
  static Optional<Locale> chosen(HttpServletRequest request) {
    return asked(request).filter(locale -> !locale.equals(preferred(request)));
  }

  /** What the browser prefers among those we offer. */
  static Locale preferred(HttpServletRequest request) {
    if (request.getHeader("Accept-Language") == null) {
      return Locale.GERMAN;
    }
    return Collections.list(request.getLocales()).stream().map(locale -> Locale.of(locale.getLanguage()))
        .filter(OFFERED::contains).findFirst().orElse(Locale.GERMAN);
  }

  /** Only from the query: asking for a parameter would read the body of a posted form. */
  private static Optional<Locale> asked(HttpServletRequest request) {
    var query = request.getQueryString();
    if (query == null) {
      return Optional.empty();
    }
    var matcher = IN_QUERY.matcher(query);
    return matcher.find()
        ? OFFERED.stream().filter(locale -> locale.getLanguage().equals(matcher.group(1))).findFirst()
        : Optional.empty();
  }

  /** The query without a language. */
  static String withoutLanguage(@Nullable String query) {
    return query == null ? "" : IN_QUERY.matcher(query).replaceAll("").replaceFirst("^&", "");
  }

  @Override
  public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
    throw new UnsupportedOperationException("The language stands in the address, expected a link with ?lang=.");
  }
}
