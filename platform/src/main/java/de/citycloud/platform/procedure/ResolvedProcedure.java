package de.citycloud.platform.procedure;

import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Words;
import java.time.LocalDate;
import java.util.Map;

/**
 * A procedure as it applies in one municipality on one day: the package, our parameters, our words.
 *
 * @param activationId number of the activation, by which a case finds it again; 0 if it is only looked at
 * @param parameters values that apply on {@code on}, by key, in the forms that
 *     {@link de.citycloud.platform.procedure.pack.Parameter#standard} names; every required one is there
 * @param ownTexts texts of ours in place of those of the package, by {@code section.<key>} or {@code text.<key>}
 * @param addenda what we say besides, by section
 * @param office who does it here, with address and hours in words
 * @param on day in Europe/Berlin
 */
public record ResolvedProcedure(ProcedurePackage pack, long activationId, Map<String, Object> parameters,
    Map<String, Words> ownTexts, Map<String, Words> addenda, OfficeInfo office, LocalDate on) {
  public ResolvedProcedure {
    parameters = Map.copyOf(parameters);
    ownTexts = Map.copyOf(ownTexts);
    addenda = Map.copyOf(addenda);
  }

  /**
   * The office in charge, as people reach it.
   *
   * @param key of the office, lower case with hyphens; tasks with the role {@code own} go there
   */
  public record OfficeInfo(String key, String name, String address, String phone, String email, String hours) {}

  /** Key of the procedure. */
  public String key() {
    return pack.manifest().key();
  }
}
