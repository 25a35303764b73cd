package de.citycloud.platform.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API key as the store knows it; the key itself is only known to its holder.
 *
 * @param municipalityId whose data it opens
 * @param id number within the municipality
 * @param label what its maker called it
 * @param scope what it may do
 * @param createdAt when it was made
 * @param expiresAt when it ends; null for never
 * @param lastUsedAt when it was last used, to the minute; null for never
 */
public record ApiKey(int municipalityId, int id, String label, Scope scope, Instant createdAt,
    @Nullable Instant expiresAt, @Nullable Instant lastUsedAt) {}
