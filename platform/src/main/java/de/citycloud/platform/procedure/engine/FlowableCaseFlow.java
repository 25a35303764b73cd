package de.citycloud.platform.procedure.engine;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.repository.ProcessDefinition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Runs flows on Flowable; each municipality is a tenant of it, each version of a package one deployment. */
@Service
class FlowableCaseFlow implements CaseFlow {
  /** The first number of the locks under which versions are deployed; the second is the version's. */
  private static final int LOCK = 210;

  private final FlowEngine engine;
  private final JdbcClient jdbc;
  private final Map<String, EngineModel> models = new ConcurrentHashMap<>();
  private final Map<String, String> definitions = new ConcurrentHashMap<>();

  FlowableCaseFlow(FlowEngine engine, JdbcClient jdbc) {
    this.engine = engine;
    this.jdbc = jdbc;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Step start(ProcedurePackage pack, long caseNumber) {
    return begin(pack, caseNumber, Map.of());
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Step complete(ProcedurePackage pack, long caseNumber, String engineTask, String outcome) {
    var model = modelOf(pack);
    var process = engine.get();
    // One command: what it reads and writes of the case goes to the store once.
    return step(model, Reached.during(() -> process.getManagementService().executeCommand(command -> {
      var execution = CommandContextUtil.getExecutionEntityManager(command).findById(engineTask);
      if (execution == null || !tenant().equals(execution.getTenantId())) {
        throw new IllegalStateException("Case %d has no open task %s.".formatted(caseNumber, engineTask));
      }
      var task = model.node(execution.getActivityId()).id();
      process.getRuntimeService().trigger(engineTask,
          model.isAsked(task) ? Map.<String, Object>of(model.variable(task), outcome) : Map.of());
      return execution;
    })));
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Step reopen(ProcedurePackage pack, long caseNumber, Map<String, String> outcomes) {
    var model = modelOf(pack);
    if (model.decision().isEmpty()) {
      throw new IllegalArgumentException("Nothing is decided in the flow of %s.".formatted(pack.id()));
    }
    cancel(caseNumber);
    var variables = new HashMap<String, Object>();
    outcomes.forEach((task, outcome) -> {
      if (pack.flow().nodes().containsKey(task) && model.isAsked(task)) {
        variables.put(model.variable(task), outcome);
      }
    });
    variables.put(EngineModel.REOPENED, "yes");
    return begin(pack, caseNumber, variables);
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void cancel(long caseNumber) {
    var runtime = engine.get().getRuntimeService();
    Reached.during(() -> {
      runtime.createProcessInstanceQuery().processInstanceBusinessKey(Long.toString(caseNumber))
          .processInstanceTenantId(tenant()).list()
          .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), null));
    });
  }

  private Step begin(ProcedurePackage pack, long caseNumber, Map<String, Object> variables) {
    var model = modelOf(pack);
    var definition = definitionOf(pack, model);
    return step(model, Reached.during(() -> engine.get().getRuntimeService().createProcessInstanceBuilder()
        .processDefinitionId(definition).businessKey(Long.toString(caseNumber)).tenantId(tenant())
        .variables(variables).start()));
  }

  private static Step step(EngineModel model, Reached.Notes notes) {
    var services = notes.services().stream().map(model::node).map(Flow.Service.class::cast).toList();
    var waiting = new ArrayList<Waiting>();
    var tables = new ArrayList<TableTurn>();
    for (var wait : notes.waits()) {
      switch (model.node(wait.node())) {
        case Flow.Task task -> waiting.add(new Waiting(wait.execution(), task));
        case Flow.Service service -> tables.add(new TableTurn(wait.execution(), service));
        case Flow.Start start -> throw unexpected(start);
        case Flow.End end -> throw unexpected(end);
        case Flow.Gateway gateway -> throw unexpected(gateway);
      }
    }
    return new Step(services, waiting, tables, notes.end()[0]);
  }

  private static IllegalStateException unexpected(Flow.Node node) {
    return new IllegalStateException("The flow waits at %s, expected a task.".formatted(node.id()));
  }

  private EngineModel modelOf(ProcedurePackage pack) {
    return models.computeIfAbsent(pack.digest(), digest -> new EngineModel(pack.flow()));
  }

  /**
   * The deployed process of a version; remembered only once its transaction has ended well. Who comes second waits for
   * the end of the first transaction and then finds its deployment: two first applications at once are both taken.
   */
  private String definitionOf(ProcedurePackage pack, EngineModel model) {
    var key = tenant() + "/" + pack.digest();
    var known = definitions.get(key);
    if (known != null) {
      return known;
    }
    jdbc.sql("select pg_advisory_xact_lock(?, hashtext(?))").param(LOCK).param(key).query((row, n) -> 0).single();
    var repository = engine.get().getRepositoryService();
    var deployments = repository.createDeploymentQuery().deploymentName(pack.digest()).deploymentTenantId(tenant())
        .orderByDeploymentTime().asc().list();
    var deployment = deployments.isEmpty()
        ? repository.createDeployment().name(pack.digest()).tenantId(tenant()).disableSchemaValidation()
            .addBpmnModel(EngineModel.PROCESS + ".bpmn20.xml", model.bpmn()).deploy().getId()
        : deployments.getFirst().getId();
    ProcessDefinition definition = repository.createProcessDefinitionQuery().deploymentId(deployment).singleResult();
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        definitions.put(key, definition.getId());
      }
    });
    return definition.getId();
  }

  private static String tenant() {
    return Integer.toString(CurrentMunicipality.get().id());
  }
}
