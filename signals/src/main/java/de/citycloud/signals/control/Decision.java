package de.citycloud.signals.control;

/**
 * What a strategy wants and why.
 *
 * @param stage index of the stage
 * @param reason for people and the audit: the figures that decided
 */
public record Decision(int stage, String reason) {}
