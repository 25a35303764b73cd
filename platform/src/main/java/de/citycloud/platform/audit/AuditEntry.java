package de.citycloud.platform.audit;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something that was done and must be provable later. Its municipality is the current one, its time that of the
 * database.
 *
 * @param action what was done, e.g. {@code key.created}: lower case words with hyphens, a dot after the kind of object,
 *     at most 60 characters; its plain words are the message {@code audit.action.<action>}
 * @param object to what, e.g. {@code key 7}; at most 200 characters
 * @param actor who did it
 * @param purpose what for, where an access needs a purpose; else empty; at most 200 characters
 * @param details further values by name, in a few words each: numbers, states, technical names. Never text about people
 */
public record AuditEntry(String action, String object, AuditActor actor, String purpose,
    SortedMap<String, String> details) {
  private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

  public AuditEntry {
    if (!ACTION.matcher(action).matches() || action.length() > 60) {
      throw new IllegalArgumentException(
          """
          The action is "%s", expected words like "key.created" of at most 60 characters.""".formatted(action));
    }
    if (object.length() > 200 || purpose.length() > 200) {
      throw new IllegalArgumentException("Object and purpose of %s have %d and %d characters, expected at most 200."
          .formatted(action, object.length(), purpose.length()));
    }
    details = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /** What the person or machine of the running request did. */
  public static AuditEntry of(String action, String object) {
    return of(action, object, AuditActor.current());
  }

  /** What {@code actor} did. */
  public static AuditEntry of(String action, String object, AuditActor actor) {
    return new AuditEntry(action, object, actor, "", new TreeMap<>());
  }

  /** The same for a purpose. */
  public AuditEntry forPurpose(String words) {
    return new AuditEntry(action, object, actor, words, details);
  }

  /** The same with one more value. */
  public AuditEntry with(String name, Object value) {
    var more = new TreeMap<String, String>(Map.copyOf(details));
    more.put(name, String.valueOf(value));
    return new AuditEntry(action, object, actor, purpose, more);
  }
}
