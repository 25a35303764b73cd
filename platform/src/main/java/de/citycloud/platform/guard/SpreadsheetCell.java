package de.citycloud.platform.guard;

import org.jspecify.annotations.Nullable;

/** Texts of others in tables that people open with a spreadsheet program. */
public final class SpreadsheetCell {
  private SpreadsheetCell() {}

  /** A text that no spreadsheet takes for a formula: an apostrophe goes before = + - @, tab and return; "" for null. */
  public static String harmless(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    return "=+-@\t\r\n\u0000".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
