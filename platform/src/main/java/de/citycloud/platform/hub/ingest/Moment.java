package de.citycloud.platform.hub.ingest;

/** A Datastream and a time, in microseconds since 1970. */
record Moment(int datastreamId, long at) {}
