package de.citycloud.platform.cli.audit;

/**
 * Something that is not as it was written.
 *
 * @param municipality number of the municipality; 0 for the file of heads
 * @param seq the first bad record; 0 if it is none
 * @param message what is wrong with it, for people
 */
public record AuditFinding(int municipality, long seq, String message) {}
