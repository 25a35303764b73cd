package de.citycloud.platform.privacy.register;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One column of the store and what its comment says.
 *
 * @param table with its schema unless that is {@code public}
 * @param column its name
 * @param comment of the column; empty if there is none
 * @param tableComment of the table; empty if there is none
 */
record RegisterColumn(String table, String column, String comment, String tableComment) {
  private static final Pattern TABLE_ACTIVITY = Pattern.compile("activity ([a-z][a-z0-9-]+)");

  /** {@code table.column}. */
  public String name() {
    return table + "." + column;
  }

  /** True if the comment says either of the two. */
  boolean isClassified() {
    return comment.equals("not personal") || isPersonal();
  }

  /** True if it holds personal data. */
  public boolean isPersonal() {
    return comment.matches("personal: .+; .+; .+");
  }

  /** Purpose, legal basis and retention as the migration says them; empty texts if it is not personal. */
  public Said said() {
    if (!isPersonal()) {
      return new Said("", "", "");
    }
    var parts = comment.substring("personal: ".length()).split("; ");
    int last = activityPart() == null ? parts.length : parts.length - 1;
    return new Said(parts[0], String.join("; ", java.util.Arrays.copyOfRange(parts, 1, last - 1)), parts[last - 1]);
  }

  /** Key of the activity it serves; null if neither the column nor its table says. */
  @Nullable
  String activity() {
    var own = activityPart();
    if (own != null) {
      return own;
    }
    var matcher = TABLE_ACTIVITY.matcher(tableComment);
    return matcher.matches() ? matcher.group(1) : null;
  }

  private @Nullable String activityPart() {
    var parts = comment.split("; ");
    var matcher = TABLE_ACTIVITY.matcher(parts[parts.length - 1]);
    return parts.length > 3 && matcher.matches() ? matcher.group(1) : null;
  }

  /** What a comment says of a personal column. */
  record Said(String purpose, String basis, String retention) {}
}
