package de.citycloud.platform.hub.mqtt;

import java.util.List;

/** An MQTT topic filter, {@code +} for one level and {@code #} for all below. */
record TopicFilter(List<String> levels) {
  /**
   * @throws IllegalArgumentException if a wildcard does not fill its level, or {@code #} is not last
   */
  static TopicFilter parse(String filter) {
    var levels = List.of(filter.split("/", -1));
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      if (level.length() > 1 && (level.contains("+") || level.contains("#"))) {
        throw new IllegalArgumentException(
            "Level \"%s\" of topic filter \"%s\" mixes text with a wildcard, expected the wildcard alone."
                .formatted(level, filter));
      }
      if (level.equals("#") && i < levels.size() - 1) {
        throw new IllegalArgumentException("\"#\" stands inside of topic filter \"%s\", expected it last."
            .formatted(filter));
      }
    }
    return new TopicFilter(levels);
  }

  boolean hasWildcard() {
    return levels.contains("+") || levels.getLast().equals("#");
  }

  boolean matches(String topic) {
    int start = 0;
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      if (level.equals("#")) {
        return true;
      }
      if (start > topic.length()) {
        return false;
      }
      int end = topic.indexOf('/', start);
      end = end < 0 ? topic.length() : end;
      if (!level.equals("+") && !(end - start == level.length() && topic.startsWith(level, start))) {
        return false;
      }
      start = end + 1;
      if (start > topic.length() && i + 2 == levels.size() && levels.get(i + 1).equals("#")) {
        return true; // a/# also matches a
      }
    }
    return start > topic.length();
  }
}
