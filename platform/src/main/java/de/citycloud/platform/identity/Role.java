package de.citycloud.platform.identity;

import java.util.Locale;
import java.util.Set;

/**
 * A role in one municipality: a named set of permissions. Somebody may have several; who may change accounts does not
 * thereby read data about persons.
 */
public enum Role {
  /** A citizen (German: <i>Bürgerin, Bürger</i>) with an account. */
  CITIZEN(Permission.USE_OWN_CASES),
  /** Works on cases (<i>Sachbearbeitung</i>). */
  CASEWORKER(Permission.WORK_CASES, Permission.READ_PERSON_DATA),
  /** Looks after participation (<i>Moderation</i>). */
  MODERATOR(Permission.MODERATE),
  /** Runs the traffic desk (<i>Verkehrstechnik</i>). */
  TRAFFIC_ENGINEER(Permission.READ_TRAFFIC, Permission.CONTROL_TRAFFIC, Permission.READ_SOURCES),
  /** Looks after sources and open data (<i>Datenverantwortung</i>). */
  DATA_STEWARD(Permission.READ_SOURCES, Permission.MANAGE_SOURCES, Permission.RELEASE_OPEN_DATA,
      Permission.READ_REGISTER),
  /** Leads an office (<i>Amtsleitung</i>). */
  OFFICE_LEAD(Permission.WORK_CASES, Permission.READ_PERSON_DATA, Permission.LEAD_OFFICE, Permission.MANAGE_PROCEDURES,
      Permission.READ_REGISTER),
  /** Runs the program for the municipality (<i>Administration</i>). */
  ADMINISTRATOR(Permission.MANAGE_ACCOUNTS, Permission.MANAGE_KEYS, Permission.MANAGE_SETTINGS, Permission.READ_SOURCES,
      Permission.MANAGE_SOURCES, Permission.READ_AUDIT, Permission.READ_REGISTER, Permission.RUN_RETENTION,
      Permission.MANAGE_MESSAGES),
  /** Watches over data protection (<i>Datenschutzbeauftragte</i>). */
  DATA_PROTECTION_OFFICER(Permission.READ_REGISTER, Permission.READ_AUDIT, Permission.RUN_RETENTION,
      Permission.HANDLE_RIGHTS, Permission.READ_PERSON_DATA);

  private final Set<Permission> permissions;

  Role(Permission... permissions) {
    this.permissions = Set.of(permissions);
  }

  /** What somebody with this role may do. */
  public Set<Permission> permissions() {
    return permissions;
  }

  /** Authority of Spring Security: {@code ROLE_CASEWORKER} and so on. Pages ask for permissions instead. */
  public String authority() {
    return "ROLE_" + name();
  }

  String inStore() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String inStore) {
    return valueOf(inStore.toUpperCase(Locale.ROOT));
  }
}
