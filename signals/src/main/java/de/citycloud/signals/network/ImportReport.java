package de.citycloud.signals.network;

import java.util.List;

/**
 * What a reader assumed where the file was silent, and what it left out.
 *
 * @param assumptions each a sentence with place
 * @param omissions each a sentence with place
 */
public record ImportReport(List<String> assumptions, List<String> omissions) {
  public ImportReport {
    assumptions = List.copyOf(assumptions);
    omissions = List.copyOf(omissions);
  }
}
