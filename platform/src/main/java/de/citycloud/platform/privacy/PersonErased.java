package de.citycloud.platform.privacy;

import de.citycloud.platform.problem.CityProblem;
import org.springframework.http.HttpStatus;

/** The data of this person was erased; it can neither be read nor written any more. */
public final class PersonErased extends CityProblem {
  private static final long serialVersionUID = 1L;

  /** Said of a person without naming them. */
  public PersonErased() {
    super("person-erased", HttpStatus.GONE, """
                                            The data of this person was erased, so it can neither be read nor added to.
                                            Maybe the page is older than the erasure.""");
  }
}
