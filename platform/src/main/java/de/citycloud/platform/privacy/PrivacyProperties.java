package de.citycloud.platform.privacy;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Data protection ({@code city.privacy.*}).
 *
 * @param key the deployment's key: content of {@code keys/deployment-key.json} in Base64, for several nodes or where
 *     secrets come from the environment ({@code CITY_PRIVACY_KEY}); absent: the file in the data folder
 * @param keyBackupDays how long backups of the key store are kept, 1 to 365
 */
@ConfigurationProperties("city.privacy")
public record PrivacyProperties(@Nullable String key, @DefaultValue("30") int keyBackupDays) {
  public PrivacyProperties {
    if (keyBackupDays < 1 || keyBackupDays > 365) {
      throw new IllegalArgumentException(
          "city.privacy.key-backup-days is %d, expected 1 to 365.".formatted(keyBackupDays));
    }
  }

  @Override
  public String toString() {
    return "PrivacyProperties[keyBackupDays=" + keyBackupDays + "]";
  }
}
