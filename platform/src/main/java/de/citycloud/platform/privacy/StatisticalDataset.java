package de.citycloud.platform.privacy;

/**
 * A statistic about persons that may become open data. A module declares it as a bean; what leaves the house is what the
 * release gate made of it and a data steward let go. Its texts are {@code dataset.<key>.title}, {@code .about},
 * {@code .rows} and {@code .columns}; the names of rows and columns are message keys or plain names.
 */
public interface StatisticalDataset {
  /** Stable name in addresses: lower case letters, digits, hyphens. */
  String key();

  /** Key of the {@link ProcessingActivity} whose data is counted. */
  String activity();

  /** Counts of now, for the current municipality. */
  CountTable count();

  /** How it is made safe. */
  default ReleasePolicy policy() {
    return ReleasePolicy.USUAL;
  }
}
