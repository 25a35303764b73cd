package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.problem.CityProblem;
import org.springframework.http.HttpStatus;

/** What calls on cases are refused for, and the limits of texts. */
final class CaseRules {
  static final int MOST_TEXT = 5_000;
  static final int MOST_GROUNDS = 20_000;

  private CaseRules() {}

  static CityProblem notFound(CaseReference reference) {
    return new CityProblem("case-not-found", HttpStatus.NOT_FOUND,
        """
        The case %s is not here, expected one of this municipality and of your offices.
        Maybe the reference has a typing error, or the time of the case is over.""".formatted(reference));
  }

  static CityProblem movedOn(CaseFile file, String expected) {
    return new CityProblem("case-moved-on", HttpStatus.CONFLICT,
        """
        The case %s has moved on meanwhile and is %s, expected %s. Nothing was changed.
        Maybe load it again and look what happened.""".formatted(file.reference(), file.state(), expected));
  }

  /** Who is party to a case does not work on it. */
  static CityProblem ownCase(int account, String reference) {
    return new CityProblem("own-case", HttpStatus.FORBIDDEN,
        """
        Account %d applied in case %s, expected somebody who is not party to it (§ 20 LVwVfG).
        Maybe leave it to a colleague.""".formatted(account, reference));
  }

  /** The text without surrounding space and control characters. @throws CityProblem {@code case-text} (422) */
  static String text(String sent, int least, int most) {
    var text = sent.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "").strip();
    if (text.length() < least || text.length() > most) {
      throw new CityProblem("case-text", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The text has %,d characters, expected %d to %,d.
          Maybe attach what is longer as a file.""".formatted(text.length(), least, most));
    }
    return text;
  }
}
