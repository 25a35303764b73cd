package de.citycloud.platform.hub.connector;

import de.citycloud.platform.guard.OutgoingDoor;
import de.citycloud.platform.guard.OutgoingRefused;
import de.citycloud.platform.hub.NewSource;
import de.citycloud.platform.hub.Quarantined;
import de.citycloud.platform.hub.SourceReport;
import de.citycloud.platform.hub.SourceStatus;
import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Mapping;
import de.citycloud.platform.problem.CityProblem;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Sources, kept in PostgreSQL. */
@Service
class JdbcSources implements Sources {
  private final SourceTable table;
  private final SourceIntake intake;
  private final SourceFetch fetch;
  private final Quarantine quarantine;
  private final OutgoingDoor door;

  JdbcSources(SourceTable table, SourceIntake intake, SourceFetch fetch, Quarantine quarantine, OutgoingDoor door) {
    this.table = table;
    this.intake = intake;
    this.fetch = fetch;
    this.quarantine = quarantine;
    this.door = door;
  }

  @Override
  public List<SourceStatus> listAll() {
    return table.listAll();
  }

  @Override
  public Optional<SourceStatus> find(String key) {
    return table.findStatus(key);
  }

  @Override
  public SourceStatus register(NewSource source) {
    if (Connectors.find(source.kind()).isEmpty() && !source.kind().equals(Connectors.AUTO)) {
      throw unusable(
          "The kind is \"%s\", expected auto or one of %s.".formatted(source.kind(), Connectors.listKinds()));
    }
    try {
      Mapping.parse(source.mapping());
      for (var address : source.addresses()) {
        door.check(address);
      }
    } catch (InputRefused | OutgoingRefused e) {
      throw unusable(String.valueOf(e.getMessage()));
    }
    table.save(source);
    return table.findStatus(source.key()).orElseThrow();
  }

  @Override
  public void setEnabled(String key, boolean enabled) {
    if (!table.setEnabled(key, enabled)) {
      throw notFound(key);
    }
  }

  @Override
  public List<String> listKinds() {
    return Connectors.listKinds();
  }

  @Override
  public SourceReport receive(String key, String name, InputStream body, Instant receivedAt) {
    return intake.take(enabled(key), name, body, receivedAt, true);
  }

  @Override
  public SourceReport runNow(String key) {
    var source = enabled(key);
    if (source.addresses().isEmpty()) {
      throw new CityProblem("source-pushed", HttpStatus.CONFLICT,
          "The source \"%s\" has no address, expected one to fetch.\nMaybe it is pushed to us.".formatted(key));
    }
    try {
      return fetch.fetch(source);
    } finally {
      table.release(source);
    }
  }

  @Override
  public List<Quarantined> listQuarantine(String key, int limit) {
    return quarantine.list(get(key).id(), limit);
  }

  @Override
  public SourceReport replay(String key) {
    return intake.replay(get(key));
  }

  private SourceRow enabled(String key) {
    var source = get(key);
    if (!source.enabled()) {
      throw new CityProblem("source-off", HttpStatus.CONFLICT,
          "The source \"%s\" is switched off, expected it to be on.\nMaybe an administrator switches it on."
              .formatted(key));
    }
    return source;
  }

  private SourceRow get(String key) {
    return table.find(key).orElseThrow(() -> notFound(key));
  }

  private static CityProblem unusable(String message) {
    return new CityProblem("source-kind", HttpStatus.UNPROCESSABLE_CONTENT, message);
  }

  static CityProblem notFound(String key) {
    return new CityProblem("source-not-found", HttpStatus.NOT_FOUND, """
                                                                     The source "%s" is not known here.
                                                                     Maybe it has yet to be connected.\
                                                                     """.formatted(
        key.length() > 60 ? key.substring(0, 60) + "…" : key));
  }
}
