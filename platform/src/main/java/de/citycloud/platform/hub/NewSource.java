package de.citycloud.platform.hub;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A data source to be connected.
 *
 * @param key its name in addresses and folders: lower case letters, digits and hyphens, 2 to 60 characters
 * @param kind which connector reads it, e.g. {@code datex2}, {@code csv}
 * @param name its name for people, 1 to 200 characters
 * @param addresses where to fetch it, static data first; empty if it is pushed to us (webhook, MQTT, files)
 * @param every time between two fetches, 10 s to 31 days; for pushed sources the time between two messages that is
 *     still normal
 * @param mapping how to read it, as YAML or JSON; null if the connector needs none
 * @param licence short name of the licence, e.g. {@code DL-DE/BY-2.0}; null if unknown
 * @param attribution whom to name; null if nobody
 */
public record NewSource(String key, String kind, String name, List<String> addresses, Duration every,
    @Nullable String mapping, @Nullable String licence, @Nullable String attribution) {
  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{1,59}");

  public NewSource {
    addresses = List.copyOf(addresses);
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          """
          The source key is "%s", expected 2 to 60 lower case letters, digits or hyphens.\
          """.formatted(key));
    }
    if (every.compareTo(Duration.ofSeconds(10)) < 0 || every.compareTo(Duration.ofDays(31)) > 0) {
      throw new IllegalArgumentException("every is %s, expected 10 s to 31 days.".formatted(every));
    }
    if (name.isBlank() || name.length() > 200) {
      throw new IllegalArgumentException("The name of a source has 1 to 200 characters.");
    }
  }

  /** A source that is pushed to us and tells something about every 15 minutes. */
  public static NewSource pushed(String key, String kind, String name) {
    return new NewSource(key, kind, name, List.of(), Duration.ofMinutes(15), null, null, null);
  }
}
