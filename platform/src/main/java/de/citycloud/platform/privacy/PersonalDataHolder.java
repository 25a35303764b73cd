package de.citycloud.platform.privacy;

import java.util.List;

/**
 * A module that holds data of persons. Every call runs in the current municipality and in the caller's transaction; a
 * person nobody knows has no data and is erased without effect.
 */
public interface PersonalDataHolder {
  /** What this module holds of {@code person}, in the order in which one would read it; empty if nothing. */
  List<PersonalItem> listOf(Person person);

  /**
   * Corrects one value that is {@link PersonalItem#correctable}; false if this module cannot.
   *
   * @param what as the item said it
   * @param value as the person wrote it, not yet checked
   */
  default boolean correct(Person person, String what, String value) {
    return false;
  }

  /**
   * Removes what this module holds of {@code person}: rows, files, search entries, keyed hashes. What is encrypted with
   * the person's key ends by itself, but its rows may go, too. Called again after a restore.
   */
  ErasedData erase(Person person);
}
