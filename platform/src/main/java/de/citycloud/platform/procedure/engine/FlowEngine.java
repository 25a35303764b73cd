package de.citycloud.platform.procedure.engine;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/**
 * The process engine: on our connections and in our transactions, without background work, history, users or events of
 * its own. Built when it is first needed, so that the program starts as fast as without it.
 */
@Component
class FlowEngine implements DisposableBean {
  private final DataSource connections;
  private final ReentrantLock building = new ReentrantLock();
  private volatile @Nullable ProcessEngine engine;

  FlowEngine(DataSource connections) {
    this.connections = connections;
  }

  ProcessEngine get() {
    var built = engine;
    if (built != null) {
      return built;
    }
    building.lock();
    try {
      built = engine;
      if (built == null) {
        built = build();
        engine = built;
      }
      return built;
    } finally {
      building.unlock();
    }
  }

  private ProcessEngine build() {
    var configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(new TransactionAwareDataSourceProxy(connections));
    configuration.setTransactionsExternallyManaged(true);
    configuration.setDatabaseType("postgres");
    configuration.setDatabaseTablePrefix("flowable.");
    configuration.setTablePrefixIsSchema(true);
    configuration.setDatabaseSchemaUpdate("false");
    configuration.setHistoryLevel(HistoryLevel.NONE);
    configuration.setAsyncExecutorActivate(false);
    configuration.setDisableIdmEngine(true);
    configuration.setDisableEventRegistry(true);
    configuration.setEnableProcessDefinitionInfoCache(false);
    // Its own numbers come in blocks from a row that a transaction of ours would keep locked.
    configuration.setIdGenerator(() -> UUID.randomUUID().toString());
    configuration.setBeans(Map.of("reached", new Reached()));
    return configuration.buildProcessEngine();
  }

  @Override
  public void destroy() {
    var built = engine;
    if (built != null) {
      built.close();
    }
  }
}
