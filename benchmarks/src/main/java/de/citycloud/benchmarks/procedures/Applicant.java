package de.citycloud.benchmarks.procedures;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody who applies for a resident parking permit in Ludwigsburg, page by page. */
final class Applicant implements AutoCloseable {
  static final String SERVICE = "/ludwigsburg/services/bewohnerparkausweis";
  private static final Pattern REFERENCE = Pattern.compile("20\\d\\d-[2-9A-Z]{4}-[2-9A-Z]{4}");
  private static final Map<String, String> ANSWERS = Map.ofEntries(Map.entry("applicationKind", "new"),
      Map.entry("permitMonths", "12"), Map.entry("residence", "main"), Map.entry("parkingZone", "1"),
      Map.entry("privateParking", "no"), Map.entry("givenName", "Ali"), Map.entry("familyName", "Demir"),
      Map.entry("street", "Marktplatz"), Map.entry("houseNumber", "3"), Map.entry("postcode", "71634"),
      Map.entry("city", "Ludwigsburg"), Map.entry("email", "ali.demir@example.org"), Map.entry("holder", "self"),
      Map.entry("plate", "LB-AD 120"));
  /** The smallest file that begins as a PDF does; what is in it nobody of us reads. */
  private static final byte[] PAPER = "%PDF-1.4\n%%EOF\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int MOST_PAGES = 20;

  private final Browser browser;

  Applicant(int port) throws IOException {
    browser = new Browser(port);
  }

  /** Opens the service's own page. */
  boolean looksAtService() throws IOException {
    return browser.get(SERVICE) == 200;
  }

  /** Begins an application and returns its first form page. */
  String begins() throws IOException {
    expect(200, browser.get(SERVICE));
    expect(302, browser.post(SERVICE + "/apply", Map.of()));
    return browser.location();
  }

  /** Opens a form page. */
  boolean looksAt(String page) throws IOException {
    return browser.get(page) == 200;
  }

  /** Fills in the page and returns the next one. */
  String fillsIn(String page) throws IOException {
    expect(200, browser.get(page));
    var shown = browser.body();
    var fields = new LinkedHashMap<String, String>();
    ANSWERS.forEach((key, answer) -> {
      if (shown.contains("name=\"" + key + "\"")) {
        fields.put(key, answer);
      }
    });
    boolean file = shown.contains("name=\"vehicleDocument\"");
    expect(302, file
        ? browser.postFiles(page, fields, Map.of("vehicleDocument", PAPER))
        : browser.post(page, fields));
    return browser.location();
  }

  /** From the service's page to the receipt; returns the reference of the case. */
  String applies() throws IOException {
    var at = begins();
    for (int pages = 0; !at.contains("/check/") && pages < MOST_PAGES; pages++) {
      at = fillsIn(at);
    }
    expect(200, browser.get(at));
    expect(302, browser.post(at, browser.body().contains("name=\"pay\"") ? Map.of("pay", "invoice") : Map.of()));
    expect(200, browser.get(browser.location()));
    var reference = REFERENCE.matcher(browser.body());
    if (!reference.find()) {
      throw new IOException("The receipt names no case.");
    }
    return reference.group();
  }

  private void expect(int wanted, int status) throws IOException {
    Caseworker.expect(wanted, status, browser);
  }

  @Override
  public void close() throws IOException {
    browser.close();
  }
}
