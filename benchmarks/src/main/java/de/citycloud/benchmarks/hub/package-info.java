/**
 * The hub under load: the workload of a city's sensors against a freshly started program, with raw PostgreSQL on the
 * same server as yardstick in the same run.
 *
 * <pre>
 *   HubBenchmark ── starts ──▶ ./city run
 *     ├─ HubWorkload ── HttpConnection, MqttConnection ──▶ SensorThings, MQTT
 *     ├─ PostgresYardstick ── JDBC ──▶ the same PostgreSQL
 *     └─ Report ──▶ benchmarks/results/
 * </pre>
 */
@NullMarked
package de.citycloud.benchmarks.hub;

import org.jspecify.annotations.NullMarked;
