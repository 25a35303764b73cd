package de.citycloud.platform.procedure.pack.read;

import java.util.regex.Pattern;

/** What keys look like. */
public final class Keys {
  /** Of fields, parameters, columns: a lower case letter, then letters and digits, at most 40. */
  public static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]{0,39}");
  /** Of procedures: 3 to 60 lower case letters, digits and hyphens. */
  public static final Pattern PROCEDURE = Pattern.compile("[a-z][a-z0-9-]{1,58}[a-z0-9]");
  /** Of offices, steps, documents, decisions, sections. */
  public static final Pattern SLUG = Pattern.compile("[a-z][a-zA-Z0-9-]{0,59}");
  /** Of texts: as slugs, with dots. */
  public static final Pattern TEXT = Pattern.compile("[a-z][a-zA-Z0-9.-]{0,79}");
  /** Of options and cells: no control characters, 1 to 60 characters. */
  public static final Pattern OPTION = Pattern.compile("[^\\p{Cntrl}]{1,60}");
  /** Of nodes of a flow. */
  public static final Pattern NODE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,59}");

  private Keys() {}
}
