package de.citycloud.platform.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.RequestDataValueProcessor;

/** Carries a chosen language on: in links and redirects as {@code ?lang=}, in GET forms as a hidden field. */
class LanguageLinks implements RequestDataValueProcessor {
  /** Files and doors for machines speak no language. */
  private static final Pattern PAGE = Pattern.compile("/(?!/|ui/|vendor/|v3/|swagger-ui)[^?#]*|\\?.*");
  private static final Pattern MACHINE = Pattern.compile(".*(/sta(/.*)?|\\.[a-z0-9]{2,7})");
  private static final String GET_FORM = LanguageLinks.class.getName();

  private final RequestDataValueProcessor next;

  LanguageLinks(RequestDataValueProcessor next) {
    this.next = next;
  }

  @Override
  public String processUrl(HttpServletRequest request, String url) {
    return withLanguage(request, next.processUrl(request, url));
  }

  @Override
  public String processAction(HttpServletRequest request, String action, String method) {
    boolean get = "get".equalsIgnoreCase(method);
    request.setAttribute(GET_FORM, get);
    var processed = next.processAction(request, action, method);
    return get ? processed : withLanguage(request, processed);
  }

  @Override
  public String processFormFieldValue(HttpServletRequest request, @Nullable String name, String value, String type) {
    return next.processFormFieldValue(request, name, value, type);
  }

  @Override
  public @Nullable Map<String, String> getExtraHiddenFields(HttpServletRequest request) {
    var fields = next.getExtraHiddenFields(request);
    var chosen = PageLanguage.chosen(request);
    if (chosen.isEmpty() || !Boolean.TRUE.equals(request.getAttribute(GET_FORM))) {
      return fields;
    }
    var all = new HashMap<String, String>(fields == null ? Map.of() : fields);
    all.put(PageLanguage.PARAMETER, chosen.get().getLanguage());
    return all;
  }

  private static String withLanguage(HttpServletRequest request, String url) {
    int hash = url.indexOf('#');
    var address = hash < 0 ? url : url.substring(0, hash);
    int query = address.indexOf('?');
    var path = query < 0 ? address : address.substring(0, query);
    var chosen = PageLanguage.chosen(request);
    if (chosen.isEmpty() || address.isEmpty() || !PAGE.matcher(query == 0 ? address : path).matches()
        || MACHINE.matcher(path).matches() || address.matches(".*[?&]lang=.*")) {
      return url;
    }
    return address + (query < 0 ? '?' : '&') + PageLanguage.PARAMETER + '=' + chosen.get().getLanguage()
        + url.substring(address.length());
  }
}
