package de.citycloud.platform.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the proof lies ({@code city.audit.*}).
 *
 * @param heads file of the signed heads, best on another disk than the database; by default {@code audit/heads.jsonl}
 *     in the data folder
 * @param secrets folder of the signing key; by default {@code secrets} in the data folder
 */
@ConfigurationProperties("city.audit")
public record AuditProperties(@Nullable Path heads, @Nullable Path secrets) {
  /** The file of signed heads of the deployment with this data folder. */
  public Path headsIn(Path data) {
    return heads == null ? data.resolve("audit").resolve("heads.jsonl") : heads;
  }

  /** The folder of secrets of the deployment with this data folder. */
  public Path secretsIn(Path data) {
    return secrets == null ? data.resolve("secrets") : secrets;
  }
}
