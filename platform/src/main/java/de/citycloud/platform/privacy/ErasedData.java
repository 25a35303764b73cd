package de.citycloud.platform.privacy;

import java.util.List;

/**
 * What came of an erasure in one module.
 *
 * @param removed rows, files and the like that are gone
 * @param kept message keys that say what has to stay and by which law; empty if nothing
 */
public record ErasedData(long removed, List<String> kept) {
  public ErasedData {
    kept = List.copyOf(kept);
  }

  /** Everything is gone. */
  public static ErasedData of(long removed) {
    return new ErasedData(removed, List.of());
  }
}
