package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.EntityChanged;
import java.util.Optional;

/** Writes changed entities as subscribers get them. May block. */
interface EntityPayload {
  /** What a subscriber with {@code wanted} gets; empty if the changed entity is not behind its path. */
  Optional<byte[]> find(EntityChanged change, Interest.Entities wanted);
}
