package de.citycloud.platform.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How often one address may call something in one minute, in each municipality.
 *
 * @param name stands in the key of the count
 * @param method in capitals
 * @param path of what is limited
 * @param perMinute calls in a minute; so many may come at once
 */
record RateRule(String name, String method, Pattern path, int perMinute) {
  /** The first one that fits counts. Doors for machines have keys and limits of their own. */
  static final List<RateRule> ALL = List.of(
      rule("form", "POST", "/[^/]+/(?!sta/|in/).*", 30),
      rule("log export", "GET", "/[^/]+/audit/export\\.jsonl", 6),
      rule("export", "GET", "/[^/]+/datastreams/[^/]+\\.(csv|json)", 60),
      rule("procedure exchange", "GET", "/[^/]+/procedures/(index\\.json|packages/.*)", 240),
      rule("search", "GET", "/[^/]+/search", 60),
      rule("description", "GET", "/v3/api-docs.*", 60));

  private static RateRule rule(String name, String method, String path, int perMinute) {
    return new RateRule(name, method, Pattern.compile(path), perMinute);
  }

  static Optional<RateRule> of(String method, String path) {
    if (path.startsWith("/v1.1")) {
      return Optional.empty();
    }
    return ALL.stream().filter(rule -> rule.method.equals(method) && rule.path.matcher(path).matches()).findFirst();
  }
}
