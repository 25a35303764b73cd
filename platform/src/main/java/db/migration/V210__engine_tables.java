package db.migration;

import de.citycloud.platform.procedure.engine.EngineTables;
import java.util.List;

/** Found by Flyway by its name, in the running program as in its commands. */
public class V210__engine_tables extends EngineTables {
  /** The engine's own scripts. */
  public V210__engine_tables() {
    super(List.of("/org/flowable/common/db/create/flowable.postgres.create.common.sql",
        "/org/flowable/db/create/flowable.postgres.create.engine.sql"));
  }
}
