package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.identity.ApiKey;
import de.citycloud.platform.municipality.Municipality;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may come through the door. Both calls may block. */
interface Callers {
  /** The holder of {@code key}; empty if it is none, has ended or was revoked. */
  Optional<Caller> verify(String key);

  /** The municipality with this name in topics, or the default one for null; empty if there is none. */
  Optional<Municipality> findMunicipality(@Nullable String slug);

  /**
   * A program that signed in.
   *
   * @param key its key
   * @param municipality whose key it is
   */
  record Caller(ApiKey key, Municipality municipality) {}
}
