package de.citycloud.platform.identity;

/** What data about a person is read for. Who reads says it beforehand, with a reference; the reading is logged. */
public enum Purpose {
  /** Work on an application or another case. */
  CASE_WORK,
  /** Access, correction or erasure that a person asked for (Art. 15–17 DSGVO). */
  RIGHTS_REQUEST,
  /** A check by the data protection officer (Art. 39 DSGVO). */
  SUPERVISION;

  /** Authority of Spring Security while the purpose is stated: {@code FOR_CASE_WORK} and so on. */
  public String authority() {
    return "FOR_" + name();
  }
}
