package de.citycloud.benchmarks.procedures;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody at the desk, signed in, with the purpose stated. */
final class Caseworker implements AutoCloseable {
  private static final String TOWN = "/ludwigsburg";
  private static final Pattern TASK = Pattern.compile("href=\"(/[a-z]+/desk/[0-9A-Z-]+/tasks/\\d+)\"");
  private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");
  private static final int CASES_AT_ONE_PLACE = 8;

  private final Browser browser;
  private int cases;

  Caseworker(int port, String name, String password) throws IOException {
    browser = new Browser(port);
    expect(200, browser.get(TOWN + "/sign-in"), browser);
    expect(302, browser.post(TOWN + "/sign-in", Map.of("name", name, "password", password)), browser);
    expect(200, browser.get(TOWN + "/purpose"), browser);
    expect(302, browser.post(TOWN + "/purpose",
        Map.of("purpose", "CASE_WORK", "reference", "Benchmark", "next", "")), browser);
  }

  /** Opens a view of the inbox. @param page from 0 */
  boolean looksAtInbox(String view, int page) throws IOException {
    return browser.get(TOWN + "/desk?view=" + view + "&page=" + page) == 200 && browser.body().contains("/desk/20");
  }

  /** Opens the case, says it is complete, opens it again and grants it. */
  void decides(String reference) throws IOException {
    if (++cases % CASES_AT_ONE_PLACE == 0) {
      browser.moveOn();
    }
    works(reference, "complete");
    works(reference, "grant");
  }

  private void works(String reference, String outcome) throws IOException {
    expect(200, browser.get(TOWN + "/desk/" + reference), browser);
    var task = TASK.matcher(browser.body());
    if (!task.find()) {
      throw new IOException("The case %s has no task for us.".formatted(reference));
    }
    expect(200, browser.get(task.group(1)), browser);
    var version = VERSION.matcher(browser.body());
    if (!version.find()) {
      throw new IOException("The task of %s has no form.".formatted(reference));
    }
    expect(302, browser.post(task.group(1), Map.of("outcome", outcome, "version", version.group(1), "text", "",
        "grounds", "", "conditions", "", "step", "send")), browser);
  }

  static void expect(int wanted, int status, Browser browser) throws IOException {
    if (status != wanted) {
      var text = browser.body().replaceAll("(?s)<head.*?</head>|<[^>]+>", " ").replaceAll("\\s+", " ");
      throw new IOException("The answer is %d, expected %d (to %s): %s".formatted(status, wanted, browser.location(),
          text.substring(0, Math.min(600, text.length()))));
    }
  }

  @Override
  public void close() throws IOException {
    browser.close();
  }
}
