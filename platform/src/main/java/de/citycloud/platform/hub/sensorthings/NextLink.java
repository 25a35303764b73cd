package de.citycloud.platform.hub.sensorthings;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses of the page after this one; they keep all other options. */
final class NextLink {
  private NextLink() {}

  /** A path as it stands in an address. */
  static String path(String decoded) {
    var path = decoded.endsWith("/") ? decoded.substring(0, decoded.length() - 1) : decoded;
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/").replace("%28", "(")
        .replace("%29", ")").replace("%27", "'").replace("%24", "$");
  }

  /** The options of a request with another {@code $skip}. */
  static String options(@Nullable String queryString, int skip) {
    var options = new ArrayList<String>();
    for (var pair : (queryString == null ? "" : queryString).split("&", -1)) {
      int equals = pair.indexOf('=');
      var name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
      if (!pair.isEmpty() && !name.equals("$skip")) {
        options.add(pair);
      }
    }
    options.add("$skip=" + skip);
    return String.join("&", options);
  }

  /** The options of an expand, as those of a request with another {@code $skip}. */
  static String options(Query query, int skip) {
    return texts(query, skip).stream().map(NextLink::encode).collect(Collectors.joining("&"));
  }

  private static ArrayList<String> texts(Query query, int skip) {
    var options = new ArrayList<String>();
    if (query.texts().select() != null) {
      options.add("$select=" + query.texts().select());
    }
    if (!query.expand().isEmpty()) {
      options.add("$expand=" + query.expand().stream().map(NextLink::text).collect(Collectors.joining(",")));
    }
    if (query.texts().filter() != null) {
      options.add("$filter=" + query.texts().filter());
    }
    if (query.texts().orderBy() != null) {
      options.add("$orderby=" + query.texts().orderBy());
    }
    if (query.count()) {
      options.add("$count=true");
    }
    if (query.top() != null) {
      options.add("$top=" + query.top());
    }
    if (skip > 0) {
      options.add("$skip=" + skip);
    }
    return options;
  }

  private static String text(Query.Expand expand) {
    var options = texts(expand.query(), expand.query().skip());
    return expand.link().name() + (options.isEmpty() ? "" : "(" + String.join(";", options) + ")");
  }

  private static String encode(String option) {
    int equals = option.indexOf('=');
    return option.substring(0, equals + 1)
        + URLEncoder.encode(option.substring(equals + 1), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
