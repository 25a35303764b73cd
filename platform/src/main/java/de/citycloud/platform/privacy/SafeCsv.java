package de.citycloud.platform.privacy;

import de.citycloud.platform.guard.SpreadsheetCell;
import java.util.List;

/** CSV that opens as text in a spreadsheet: no cell is a formula. Separated by semicolons, as German spreadsheets expect. */
public final class SafeCsv {
  private final StringBuilder text = new StringBuilder("\uFEFF");

  /** Adds a row. */
  public SafeCsv row(List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ";").append('"').append(SpreadsheetCell.harmless(cells.get(i)).replace("\"", "\"\""))
          .append('"');
    }
    text.append("\r\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
