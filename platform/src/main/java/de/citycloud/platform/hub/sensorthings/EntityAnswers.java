package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Writes entities for callers inside of the hub, such as MQTT subscriptions, exactly as GET answers them. */
@Service
public class EntityAnswers {
  private final DataSource source;

  EntityAnswers(DataSource source) {
    this.source = source;
  }

  /**
   * The entity at {@code path} of the current municipality as JSON; empty if there is none.
   *
   * @param root of the service, for links: {@code http://host/ludwigsburg/sta/v1.1}
   * @param path of one entity: {@code Things(1)/Datastreams(7)}
   * @param select the properties to write; empty for the whole entity
   */
  public Optional<byte[]> find(String root, String path, List<String> select) {
    var body = new ByteArrayOutputStream(1_024);
    try (var statements = new Statements(source, CurrentMunicipality.get().id())) {
      var resource = ResourcePath.parse(path);
      if (resource.isRoot() || resource.isSet() || !resource.property().isEmpty()) {
        return Optional.empty();
      }
      var query = Query.all(resource.type());
      var reader = new EntityReader(statements);
      var answer = reader.read(resource, select.isEmpty() ? query : query.withSelect(select));
      if (answer.page().rows().isEmpty()) {
        return Optional.empty();
      }
      new Answers(new ServiceRoot(root, path), null, reader).write(resource, answer, body);
      return Optional.of(body.toByteArray());
    } catch (SensorThingsProblem e) {
      if (e.status() == HttpStatus.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
