package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.municipality.Municipality;
import io.netty.handler.codec.mqtt.MqttReasonCodes.PubAck;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a published message goes, by its topic. */
class PublishRoutes {
  static final String VERSION = "v1.1";
  private static final int TOPIC_LENGTH = 512;
  private static final int TOPIC_LEVELS = 12;
  private static final Pattern OF_DATASTREAM = Pattern.compile("v1\\.1/Datastreams\\(([1-9]\\d{0,8})\\)/Observations");

  private final List<Handled> handlers;

  PublishRoutes(List<MqttTopicHandler> handlers) {
    this.handlers = handlers.stream()
        .map(handler -> new Handled(TopicFilter.parse(handler.topicFilter()), handler)).toList();
  }

  /** The way of a message with {@code topic} from a holder of a key of {@code own}. */
  Route route(String topic, Municipality own) {
    if (topic.length() > TOPIC_LENGTH || topic.chars().filter(c -> c == '/').count() >= TOPIC_LEVELS) {
      return refused(PubAck.TOPIC_NAME_INVALID, "topic-name",
          "The topic has %d characters, expected %d at most, in %d levels.".formatted(topic.length(), TOPIC_LENGTH,
              TOPIC_LEVELS));
    }
    int slash = topic.indexOf('/');
    var first = slash < 0 ? topic : topic.substring(0, slash);
    boolean hasMunicipality = slash > 0 && first.equals(own.slug());
    var found = find(hasMunicipality ? topic.substring(slash + 1) : topic);
    if (found != null) {
      return found;
    }
    if (slash > 0 && find(topic.substring(slash + 1)) != null) {
      return refused(PubAck.NOT_AUTHORIZED, "other-municipality",
          """
          Topic "%s" belongs to "%s", the key to "%s"; expected a topic of the key's municipality.
          Maybe publish to "%s".\
          """.formatted(topic, first, own.slug(), own.slug() + topic.substring(slash)));
    }
    return refused(PubAck.TOPIC_NAME_INVALID, "topic-name",
        """
        Nothing is stored from topic "%s", expected "%s/v1.1/Observations" or "%s/v1.1/Datastreams(ID)/Observations".\
        """.formatted(topic, own.slug(), own.slug()));
  }

  private @Nullable Route find(String topic) {
    if (topic.equals("v1.1/Observations")) {
      return new Route.ToObservations(null);
    }
    var ofDatastream = OF_DATASTREAM.matcher(topic);
    if (ofDatastream.matches()) {
      return new Route.ToObservations(Integer.valueOf(ofDatastream.group(1)));
    }
    for (var handled : handlers) {
      if (handled.filter.matches(topic)) {
        return new Route.ToHandler(handled.handler, topic);
      }
    }
    return null;
  }

  private static Route refused(PubAck code, String slug, String reason) {
    return new Route.Refused(new Refusal(code, slug, reason, Refusal.Fault.SENDER));
  }

  private record Handled(TopicFilter filter, MqttTopicHandler handler) {}

  /** What happens with a message. */
  sealed interface Route {
    /** The payload is one Observation, of {@code datastreamId} unless it names the Datastream itself. */
    record ToObservations(@Nullable Integer datastreamId) implements Route {}

    /** A connector takes it; {@code topic} is without the municipality. */
    record ToHandler(MqttTopicHandler handler, String topic) implements Route {}

    /** Nobody takes it. */
    record Refused(Refusal refusal) implements Route {}
  }
}
