package de.citycloud.platform.identity;

/**
 * One thing that somebody may do here. {@link Role}s are sets of these; a page names the one it needs in {@link Routes}.
 * Other modules ask for {@link #authority()} among the authorities of the request.
 */
public enum Permission {
  /** See and continue one's own cases. */
  USE_OWN_CASES,
  /** See where data comes from and what was rejected. */
  READ_SOURCES,
  /** Run, replay and change sources. */
  MANAGE_SOURCES,
  /** Give out and revoke API keys. */
  MANAGE_KEYS,
  /** Invite people, give and take roles, end sessions. */
  MANAGE_ACCOUNTS,
  /** Change what the municipality says about itself and how the program behaves. */
  MANAGE_SETTINGS,
  /** Read who did what. */
  READ_AUDIT,
  /** Read the register of processing (Art. 30 DSGVO). */
  READ_REGISTER,
  /** Run the deletion of what is kept no longer, and set a legal hold. */
  RUN_RETENTION,
  /** Carry out access, correction and erasure for a person. */
  HANDLE_RIGHTS,
  /** Read data about persons; always together with a purpose. */
  READ_PERSON_DATA,
  /** Release data to the public. */
  RELEASE_OPEN_DATA,
  /** See messages that go out and send them again. */
  MANAGE_MESSAGES,
  /** Work on cases of one's office. */
  WORK_CASES,
  /** Assign cases, sign decisions. */
  LEAD_OFFICE,
  /** Adopt and publish procedures. */
  MANAGE_PROCEDURES,
  /** Hide what breaks the rules of participation. */
  MODERATE,
  /** See the traffic desk. */
  READ_TRAFFIC,
  /** Put event plans and signal plans into operation. */
  CONTROL_TRAFFIC;

  /** Authority of Spring Security: {@code MAY_READ_SOURCES} and so on. */
  public String authority() {
    return "MAY_" + name();
  }
}
