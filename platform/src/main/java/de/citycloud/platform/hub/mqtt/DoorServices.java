package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.Observations;
import java.util.concurrent.Executor;

/**
 * What every connection of the door needs.
 *
 * @param settings limits
 * @param callers who may come in
 * @param observations where Observations go
 * @param creator for Observations that bring entities along
 * @param routes where messages go by their topic
 * @param rejections where messages go that cannot be stored
 * @param sessions all connections
 * @param live what subscribers get
 * @param meters counters
 * @param blocking runs what may block, outside of the event loops
 */
record DoorServices(MqttSettings settings, Callers callers, Observations observations, ObservationCreator creator,
    PublishRoutes routes,
    Rejections rejections, Sessions sessions, LiveTopics live, DoorMeters meters, Executor blocking) {}
