package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.io.ByteArrayOutputStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Entities and sets as GET answers them, for the parts of a batch. */
@Component
class StoredEntities {
  private final DataSource source;

  StoredEntities(DataSource source) {
    this.source = source;
  }

  /** @throws SensorThingsProblem 404 if nothing is there, 400 if the query is malformed */
  byte[] read(ServiceRoot root, ResourcePath path, @Nullable String query) {
    var body = new ByteArrayOutputStream(4_096);
    try (var statements = new Statements(source, CurrentMunicipality.get().id())) {
      var reader = new EntityReader(statements);
      var answer = reader.read(path, QueryParser.parse(path.type(), query));
      if (!path.isSet() && answer.page().rows().isEmpty()) {
        throw EntityReader.missing(path.last());
      }
      new Answers(root, query, reader).write(path, answer, body);
    }
    return body.toByteArray();
  }
}
