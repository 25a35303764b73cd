package de.citycloud.platform.procedure;

import de.citycloud.platform.municipality.Municipality;

/** A demo town has adopted its procedures; told at each start and now and then, so who listens does nothing twice. */
public record DemoProceduresReady(Municipality town) {}
