package de.citycloud.platform.procedure;

import de.citycloud.platform.municipality.Municipality;

/** A demo town has adopted its procedures; told once after each start, so who listens does nothing that is done. */
public record DemoProceduresReady(Municipality town) {}
