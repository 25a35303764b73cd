package de.citycloud.platform.procedure.apply;

import java.util.List;

/**
 * Why a form asks for something (Art. 13 DSGVO): fields with one purpose and one legal basis.
 *
 * @param labels of the fields, in the order of the form
 */
record FieldUse(String purpose, String legalBasis, List<String> labels) {}
