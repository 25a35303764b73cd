package de.citycloud.platform.privacy;

import java.util.List;

/** CSV that opens as text in a spreadsheet: no cell is a formula. Separated by semicolons, as German spreadsheets expect. */
public final class SafeCsv {
  private final StringBuilder text = new StringBuilder("\uFEFF");

  /** Adds a row. */
  public SafeCsv row(List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ";").append('"').append(neutral(cells.get(i)).replace("\"", "\"\"")).append('"');
    }
    text.append("\r\n");
    return this;
  }

  /** An apostrophe before what a spreadsheet would compute. */
  public static String neutral(String cell) {
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
