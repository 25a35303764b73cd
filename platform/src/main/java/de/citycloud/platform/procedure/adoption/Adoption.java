package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A procedure that we use: a reference to its package, with our settings beside it.
 *
 * @param originId whose it is; null for our own
 * @param chosen digest of the version for which settings are being made; another one may be in use meanwhile
 * @param told digest of the version that its origin knows we use; null if it knows of none
 */
record Adoption(String key, @Nullable Long originId, String chosen, OfficeInfo office, Instant adoptedAt,
    @Nullable String told) {
  /**
   * Which version applies from when. None is ever changed: another one follows it.
   *
   * @param digest null if the procedure is not offered from then on
   * @param from the first instant at which it applies
   */
  record Activation(long id, String key, @Nullable String digest, Instant from) {}
}
