package de.citycloud.signals.network;

/**
 * A signalised way for people on foot across a junction (German: <i>Fußgängerfurt</i>).
 *
 * @param id name in the network
 * @param signalId traffic light that controls it
 * @param signalIndex its position in the light's state, 0 or more
 * @param nodeId junction that it crosses
 * @param requestIndex its position in that junction's right-of-way matrix; −1 if unknown
 * @param lengthMetres from kerb to kerb, above 0
 */
public record Crossing(String id, String signalId, int signalIndex, String nodeId, int requestIndex,
    double lengthMetres) {}
