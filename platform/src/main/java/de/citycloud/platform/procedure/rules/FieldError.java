package de.citycloud.platform.procedure.rules;

/**
 * A mistake in one answer, in the words of the person: what to do.
 *
 * @param field key of the field
 * @param message in the language asked for, e.g. <i>Geben Sie das Kennzeichen ein, zum Beispiel LB-AB 123.</i>
 */
public record FieldError(String field, String message) {}
