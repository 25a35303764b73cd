package de.citycloud.platform.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A browser in words that its owner recognises; nothing more is kept of it. */
final class Device {
  private static final Map<String, String> BROWSERS = ordered("Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox",
      "Chrome/", "Chrome", "Chromium/", "Chromium", "Safari/", "Safari");
  private static final Map<String, String> SYSTEMS = ordered("Android", "Android", "iPhone", "iPhone", "iPad", "iPad",
      "Windows", "Windows", "Mac OS X", "macOS", "Linux", "Linux");

  private Device() {}

  /** {@code Firefox, Linux}; parts that are not known are left out, {@code ?} if all are. */
  static String of(@Nullable String userAgent) {
    var agent = userAgent == null ? "" : userAgent;
    var browser = first(BROWSERS, agent);
    var system = first(SYSTEMS, agent);
    return browser.isEmpty() && system.isEmpty()
        ? "?"
        : browser + (browser.isEmpty() || system.isEmpty() ? "" : ", ") + system;
  }

  private static String first(Map<String, String> words, String agent) {
    return words.entrySet().stream().filter(entry -> agent.contains(entry.getKey())).map(Map.Entry::getValue)
        .findFirst().orElse("");
  }

  private static Map<String, String> ordered(String... pairs) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
