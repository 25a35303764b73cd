package de.citycloud.platform.hub.mqtt;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a subscriber wants to hear of, by the topic filter behind the municipality. */
sealed interface Interest {
  /**
   * Every new Observation.
   *
   * @param datastreamId of this Datastream only; null for all
   * @param select the properties it wants; empty for the whole Observation
   */
  record NewObservations(@Nullable Integer datastreamId, Set<String> select) implements Interest {}

  /** Whatever has a topic that matches. */
  record Matching(TopicFilter filter) implements Interest {}

  /**
   * Changes of entities.
   *
   * @param path of the resource, e.g. {@code Things(1)/Datastreams}
   * @param set the set the changed entity is of, e.g. {@code Datastreams}
   * @param id the entity itself; null for all of the set
   * @param property the property it is about, which alone is sent; null for the whole entity
   * @param select the properties it wants; empty for all
   */
  record Entities(String path, String set, @Nullable Integer id, @Nullable String property, Set<String> select)
      implements
        Interest {}

  /** What filters look like, for messages. */
  String EXPECTED = """
                    "v1.1/Observations", "v1.1/Datastreams(ID)/Observations", "v1.1/Things", "v1.1/Things(ID)", \
                    "v1.1/Things(ID)/name", each also with ?$select=…, or with + and # below v1.1""";

  /**
   * Reads a topic filter.
   *
   * @param filter without the municipality: {@code v1.1/Datastreams(7)/Observations?$select=result}
   * @throws IllegalArgumentException with value and expectation
   */
  static Interest parse(String filter) {
    int query = filter.indexOf('?');
    var path = query < 0 ? filter : filter.substring(0, query);
    if (path.contains("+") || path.contains("#")) {
      return new Matching(TopicFilter.parse(filter));
    }
    var select = query < 0 ? Set.<String>of() : select(filter.substring(query + 1), filter);
    if (!path.startsWith(PublishRoutes.VERSION + "/")) {
      throw unknown(filter);
    }
    return ofResource(path.substring(PublishRoutes.VERSION.length() + 1), select, filter);
  }

  private static Interest ofResource(String path, Set<String> select, String filter) {
    if (path.equals("Observations")) {
      return new NewObservations(null, checked(select, filter));
    }
    var observations = Patterns.OBSERVATIONS_OF.matcher(path);
    if (observations.matches()) {
      return new NewObservations(Integer.valueOf(observations.group(1)), checked(select, filter));
    }
    var entity = Patterns.ENTITY.matcher(path);
    if (entity.matches()) {
      var id = entity.group(2) == null ? null : Integer.valueOf(entity.group(2));
      if (entity.group(3) != null && !select.isEmpty()) {
        throw unknown(filter);
      }
      return new Entities(path, entity.group(1), id, entity.group(3), select);
    }
    var related = Patterns.RELATED.matcher(path);
    if (related.matches()) {
      return new Entities(path, related.group(1), null, null, select);
    }
    throw unknown(filter);
  }

  private static Set<String> select(String query, String filter) {
    if (!query.startsWith("$select=") || query.length() == "$select=".length()) {
      throw unknown(filter);
    }
    return new LinkedHashSet<>(
        Arrays.stream(query.substring("$select=".length()).split(",", -1)).map(String::strip).toList());
  }

  private static Set<String> checked(Set<String> select, String filter) {
    for (var property : select) {
      if (!ObservationPayload.PROPERTIES.contains(property)) {
        throw new IllegalArgumentException(
            "\"%s\" in topic filter \"%s\" is no property of an Observation, expected %s."
                .formatted(property, filter, ObservationPayload.PROPERTIES));
      }
    }
    return select;
  }

  private static IllegalArgumentException unknown(String filter) {
    return new IllegalArgumentException("Topic filter \"%s\" is not known, expected %s.".formatted(filter, EXPECTED));
  }

  /** Forms of resource paths. */
  final class Patterns {
    private static final String ID = "\\(([1-9]\\d{0,8})\\)";
    private static final String SET = "(Things|Locations|HistoricalLocations|Datastreams|Sensors|ObservedProperties|FeaturesOfInterest)";
    static final Pattern OBSERVATIONS_OF = Pattern
        .compile("(?:Things\\([1-9]\\d{0,8}\\)/)?Datastreams" + ID + "/Observations");
    static final Pattern ENTITY = Pattern.compile(SET + "(?:" + ID + "(?:/([a-z]\\w{0,40}))?)?");
    static final Pattern RELATED = Pattern
        .compile("(?:[A-Z][A-Za-z]{4,18}\\([1-9]\\d{0,8}\\)/){1,4}" + SET);

    private Patterns() {}
  }
}
