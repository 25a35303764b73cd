package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.procedure.pack.Finding;
import java.util.ArrayList;
import java.util.List;

/** Collects findings; after 200 of them the rest is left out. */
public final class Findings {
  private static final int MOST = 200;
  private final List<Finding> all = new ArrayList<>();

  /** Something that must not stay so. @param message value and expectation; advice on a new line */
  public void error(String rule, String place, String message) {
    add(new Finding(true, rule, place, message));
  }

  /** Something odd. */
  public void warning(String rule, String place, String message) {
    add(new Finding(false, rule, place, message));
  }

  private void add(Finding finding) {
    if (all.size() < MOST && !all.contains(finding)) {
      all.add(finding);
    }
  }

  /** True if one of them is an error. */
  public boolean hasErrors() {
    return all.stream().anyMatch(Finding::error);
  }

  /** In the order found. */
  public List<Finding> list() {
    return List.copyOf(all);
  }

  /** At most 80 printable characters of {@code text}. */
  public static String shown(String text) {
    var head = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return head.replaceAll("\\p{Cntrl}", "?");
  }
}
