package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.engine.CaseFlow;
import de.citycloud.platform.procedure.pack.Flow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tasks of cases, as staff sees them. */
@Component
class CaseTasks {
  private final JdbcClient jdbc;

  CaseTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One task. @param elsewhere true if another office does it than the one in charge @param words encrypted */
  record Task(long id, String node, Flow.Task.Kind kind, String office, boolean elsewhere, String engineTask,
      Instant since, @Nullable Integer assignee, @Nullable Instant doneAt, @Nullable String outcome,
      byte @Nullable [] words) {
    static Task read(ResultSet row, int number) throws SQLException {
      return new Task(row.getLong("id"), row.getString("node"), Flow.Task.Kind.valueOf(row.getString("kind")),
          row.getString("office"), row.getBoolean("elsewhere"), row.getString("engine_task"),
          CaseFile.instant(row, "since"), row.getObject("assignee", Integer.class), CaseFile.time(row, "done_at"),
          row.getString("outcome"), row.getBytes("words"));
    }
  }

  void add(CaseFile file, CaseFlow.Waiting waiting, String office, Instant at) {
    var task = waiting.task();
    jdbc.sql(
        """
        insert into case_task (municipality_id, case_id, node, kind, name_de, name_en, office, elsewhere, engine_task,
          since, due_on)
        select ?, id, ?, ?, ?, ?, ?, office <> ?, ?, ?, due_on from case_file where id = ?
        """).params(CurrentMunicipality.get().id(), task.id(), task.kind().name(), task.name().de(),
            task.name().en(), office, office, waiting.engineTask(), at.atOffset(ZoneOffset.UTC), file.id())
        .update();
  }

  /** All tasks of a case, oldest first. */
  List<Task> listOf(CaseFile file) {
    return jdbc.sql("select * from case_task where case_id = ? order by id").param(file.id()).query(Task::read).list();
  }

  List<Task> listOpen(CaseFile file) {
    return listOf(file).stream().filter(task -> task.doneAt == null).toList();
  }

  void done(Task task, String outcome, byte @Nullable [] words, int account, Instant at) {
    jdbc.sql("update case_task set done_at = ?, outcome = ?, words = ?, account = ? where id = ?")
        .param(at.atOffset(ZoneOffset.UTC)).param(outcome).param(words).param(account).param(task.id).update();
  }

  /** Ends what is open without an outcome. */
  void end(CaseFile file, Instant at) {
    jdbc.sql("update case_task set done_at = ? where case_id = ? and done_at is null")
        .params(at.atOffset(ZoneOffset.UTC), file.id()).update();
  }

  void assign(CaseFile file, List<String> offices, @Nullable Integer account) {
    jdbc.sql("""
             update case_task set assignee = ? where case_id = ? and done_at is null and elsewhere and office = any (?)
             """).param(account).param(file.id()).param(offices.toArray(String[]::new)).update();
  }

  /** Tasks of the office in charge go with the case to another one. */
  void move(CaseFile file, String office) {
    jdbc.sql("update case_task set office = ? where case_id = ? and done_at is null and not elsewhere")
        .params(office, file.id()).update();
  }

  /** The last outcome of each task that has one, by id in the flow. */
  Map<String, String> outcomes(CaseFile file) {
    var outcomes = new HashMap<String, String>();
    for (var task : listOf(file)) {
      if (task.outcome != null) {
        outcomes.put(task.node, task.outcome);
      }
    }
    return outcomes;
  }
}
