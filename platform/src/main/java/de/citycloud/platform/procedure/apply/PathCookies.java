package de.citycloud.platform.procedure.apply;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Cookies that open one draft or one case. Only the pages below their path get them, no script reads them, and no other
 * site makes a browser send them with a form.
 */
@Component
class PathCookies {
  private static final String DRAFT = "draft-";
  private static final String CASE = "case";
  /** So long a case stays open in a browser that does nothing. */
  static final Duration CASE_OPEN = Duration.ofMinutes(30);
  /** Drafts of one service in one browser. */
  private static final int MOST_DRAFTS = 5;

  private final boolean secure;

  PathCookies(@Value("${server.servlet.session.cookie.secure:false}") boolean secure) {
    this.secure = secure;
  }

  /** The secret of a draft; empty if this browser does not have it. */
  Optional<String> secretOf(HttpServletRequest request, UUID draft) {
    return value(request, DRAFT + draft);
  }

  /** Drafts of the service of this page that this browser can open. */
  List<UUID> draftsOf(HttpServletRequest request) {
    return cookies(request).map(Cookie::getName)
        .filter(name -> name.matches(DRAFT + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
        .map(name -> UUID.fromString(name.substring(DRAFT.length()))).limit(MOST_DRAFTS).toList();
  }

  /** Lets this browser open a draft; older ones than five are let go. */
  void keepDraft(HttpServletRequest request, HttpServletResponse response, String path, UUID draft, String secret) {
    var known = draftsOf(request);
    if (known.size() >= MOST_DRAFTS && !known.contains(draft)) {
      add(response, DRAFT + known.getFirst(), "", path, Duration.ZERO);
    }
    add(response, DRAFT + draft, secret, path, Drafts.REST);
  }

  void forgetDraft(HttpServletResponse response, String path, UUID draft) {
    add(response, DRAFT + draft, "", path, Duration.ZERO);
  }

  /** The access code of the case of this page; empty if this browser was not let in. */
  Optional<String> codeOf(HttpServletRequest request) {
    return value(request, CASE).flatMap(PathCookies::decoded);
  }

  /** Lets this browser open a case for a while; every page of it begins that anew. */
  void keepCase(HttpServletResponse response, String path, String code) {
    add(response, CASE,
        Base64.getUrlEncoder().withoutPadding().encodeToString(code.getBytes(StandardCharsets.UTF_8)), path, CASE_OPEN);
  }

  void forgetCase(HttpServletResponse response, String path) {
    add(response, CASE, "", path, Duration.ZERO);
  }

  private void add(HttpServletResponse response, String name, String value, String path, Duration age) {
    response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(name, value).path(path).httpOnly(true)
        .secure(secure).sameSite("Lax").maxAge(age).build().toString());
  }

  /** People type codes as they like, and a cookie takes not every sign. */
  private static Optional<String> decoded(String value) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Stream<Cookie> cookies(HttpServletRequest request) {
    var sent = request.getCookies();
    return sent == null ? Stream.of() : Arrays.stream(sent);
  }

  private static Optional<String> value(HttpServletRequest request, String name) {
    return cookies(request).filter(cookie -> cookie.getName().equals(name)).map(Cookie::getValue)
        .filter(value -> !value.isEmpty() && value.length() <= 600).findFirst();
  }
}
