package db.migration;

import de.citycloud.platform.procedure.engine.EngineTables;
import java.util.List;

/** History is off; the engine wants to find its tables all the same. */
public class V213__engine_history_tables extends EngineTables {
  /** The engine's own script. */
  public V213__engine_history_tables() {
    super(List.of("/org/flowable/db/create/flowable.postgres.create.history.sql"));
  }
}
