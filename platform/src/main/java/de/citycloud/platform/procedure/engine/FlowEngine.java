package de.citycloud.platform.procedure.engine;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.impl.persistence.entity.ActivityInstanceEntityManagerImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.persistence.entity.data.ActivityInstanceDataManager;
import org.flowable.engine.impl.persistence.entity.data.impl.MybatisActivityInstanceDataManager;
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
    configuration.setEnableEagerExecutionTreeFetching(true);
    var visits = new MybatisActivityInstanceDataManager(configuration);
    configuration.setActivityInstanceDataManager(visits);
    configuration.setActivityInstanceEntityManager(new NoVisits(configuration, visits));
    // Its own numbers come in blocks from a row that a transaction of ours would keep locked.
    configuration.setIdGenerator(() -> UUID.randomUUID().toString());
    configuration.setBeans(Map.of("reached", new Reached()));
    return configuration.buildProcessEngine();
  }

  /**
   * The engine would keep each node that a running case has visited, whatever its history is set to: ten statements a
   * case that nobody asks for. What older cases have of it still goes with them.
   */
  private static final class NoVisits extends ActivityInstanceEntityManagerImpl {
    NoVisits(ProcessEngineConfigurationImpl configuration, ActivityInstanceDataManager data) {
      super(configuration, data);
    }

    @Override
    public void recordActivityStart(ExecutionEntity execution) {
      // Not kept.
    }

    @Override
    public void recordActivityEnd(ExecutionEntity execution, @Nullable String reason) {
      // Not kept.
    }

    @Override
    public void recordSequenceFlowTaken(ExecutionEntity execution) {
      // Not kept.
    }
  }

  @Override
  public void destroy() {
    var built = engine;
    if (built != null) {
      built.close();
    }
  }
}
