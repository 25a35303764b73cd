package de.citycloud.platform.hub.sensorthings;

import java.util.ArrayList;
import java.util.List;

/** SQL under construction. Values from outside only ever become parameters, so that the text stays one of few. */
final class Sql {
  private final StringBuilder text = new StringBuilder(256);
  private final List<Object> parameters = new ArrayList<>();

  static Sql of(String text) {
    return new Sql().add(text);
  }

  /** Adds SQL of our own, never anything from outside. */
  Sql add(String ours) {
    text.append(ours);
    return this;
  }

  Sql add(Sql other) {
    text.append(other.text);
    parameters.addAll(other.parameters);
    return this;
  }

  /** Adds a parameter of a PostgreSQL type. */
  Sql bind(Object value, String type) {
    text.append("?::").append(type);
    parameters.add(value);
    return this;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** With a question mark for each parameter. */
  String text() {
    return text.toString();
  }

  List<Object> parameters() {
    return parameters;
  }

  @Override
  public String toString() {
    return text + " " + parameters;
  }
}
