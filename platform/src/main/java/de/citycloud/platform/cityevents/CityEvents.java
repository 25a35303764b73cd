package de.citycloud.platform.cityevents;

import java.time.Instant;
import java.util.List;

/** The events of the current municipality. */
public interface CityEvents {
  /** Publishes an event, or replaces the one of the same source. */
  void publish(CityEvent event);

  /** Takes the event of a source back; nothing happens if there is none. */
  void cancel(String source);

  /** Events that overlap the time, by their begin; at most 500. */
  List<CityEvent> listBetween(Instant from, Instant until);
}
