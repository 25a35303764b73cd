package de.citycloud.platform.procedure.engine;

import de.citycloud.platform.procedure.pack.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ExclusiveGateway;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.FlowableListener;
import org.flowable.bpmn.model.ImplementationType;
import org.flowable.bpmn.model.ParallelGateway;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.bpmn.model.StartEvent;

/**
 * The process that the engine gets, generated from our model: names are numbers of nodes ({@code n0}, {@code n1} …), and the
 * only expressions compare the outcome of a task with a constant. Tasks of people are points where it waits; who does them
 * stands in our own tables.
 */
final class EngineModel {
  static final String PROCESS = "flow";
  static final String REOPENED = "reopened";
  private static final String REACHED = "${reached}";
  private static final String DOOR = "door";

  private final List<Flow.Node> nodes;
  private final Map<String, String> names = new HashMap<>();
  private final Flow flow;

  EngineModel(Flow flow) {
    this.flow = flow;
    this.nodes = List.copyOf(flow.nodes().values());
    for (int i = 0; i < nodes.size(); i++) {
      names.put(nodes.get(i).id(), "n" + i);
    }
  }

  /** The node that the engine calls so. */
  Flow.Node node(String engineName) {
    return nodes.get(Integer.parseInt(engineName.substring(1)));
  }

  /** Variable with the outcome of a task. */
  String variable(String task) {
    return "outcome_" + nameOf(task);
  }

  /** True if a way of the flow depends on the outcome of {@code task}; others the engine need not know. */
  boolean isAsked(String task) {
    return flow.sequences().stream().anyMatch(sequence -> task.equals(sequence.task()));
  }

  /** The first task in which somebody decides, else the first decision by table. */
  Optional<Flow.Node> decision() {
    return nodes.stream().filter(node -> node instanceof Flow.Task task && task.kind() == Flow.Task.Kind.DECIDE)
        .findFirst().or(() -> nodes.stream().filter(EngineModel::isTable).findFirst());
  }

  static boolean isTable(Flow.Node node) {
    return node instanceof Flow.Service service && service.call() == Flow.Service.Call.DECIDE_BY_TABLE;
  }

  BpmnModel bpmn() {
    var process = new Process();
    process.setId(PROCESS);
    process.setExecutable(true);
    process.getExecutionListeners().add(listener("end"));
    nodes.forEach(node -> process.addFlowElement(element(node)));
    addDoor(process);
    for (int i = 0; i < flow.sequences().size(); i++) {
      addSequence(process, "s" + i, flow.sequences().get(i));
    }
    var model = new BpmnModel();
    model.addProcess(process);
    return model;
  }

  /** Between start and first node: a case that is reopened goes to the decision at once. */
  private void addDoor(Process process) {
    var door = new ExclusiveGateway();
    door.setId(DOOR);
    process.addFlowElement(door);
    var start = nodes.stream().filter(Flow.Start.class::isInstance).findFirst().orElseThrow();
    connect(process, "enter", nameOf(start.id()), DOOR, null);
    decision().ifPresent(decision -> connect(process, "reopen", DOOR, nameOf(decision.id()),
        "${variables:equals(%s, 'yes')}".formatted(REOPENED)));
  }

  private void addSequence(Process process, String id, Flow.Sequence sequence) {
    var from = flow.nodes().get(sequence.from());
    boolean first = from instanceof Flow.Start;
    var task = sequence.task();
    var condition = task == null
        ? null
        : "${variables:equals(%s, '%s')}".formatted(variable(task), plain(String.valueOf(sequence.outcome())));
    connect(process, id, first ? DOOR : nameOf(sequence.from()), nameOf(sequence.to()), condition);
    if (task == null && (first || from instanceof Flow.Gateway gateway && !gateway.parallel())) {
      ((ExclusiveGateway) process.getFlowElement(first ? DOOR : nameOf(sequence.from()))).setDefaultFlow(id);
    }
  }

  private static void connect(Process process, String id, String from, String to,
      @org.jspecify.annotations.Nullable String condition) {
    var flow = new SequenceFlow(from, to);
    flow.setId(id);
    flow.setConditionExpression(condition);
    process.addFlowElement(flow);
    ((FlowNode) process.getFlowElement(from)).getOutgoingFlows().add(flow);
    ((FlowNode) process.getFlowElement(to)).getIncomingFlows().add(flow);
  }

  private FlowElement element(Flow.Node node) {
    FlowElement element = switch (node) {
      case Flow.Start start -> new StartEvent();
      case Flow.End end -> new EndEvent();
      case Flow.Gateway gateway -> gateway.parallel() ? new ParallelGateway() : new ExclusiveGateway();
      case Flow.Task task -> waiting();
      case Flow.Service service -> isTable(service) ? waiting() : service();
    };
    element.setId(nameOf(node.id()));
    return element;
  }

  private static ReceiveTask waiting() {
    var task = new ReceiveTask();
    task.setExecutionListeners(new ArrayList<>(List.of(listener("start"))));
    return task;
  }

  private static ServiceTask service() {
    var service = new ServiceTask();
    service.setImplementationType(ImplementationType.IMPLEMENTATION_TYPE_DELEGATEEXPRESSION);
    service.setImplementation(REACHED);
    return service;
  }

  private static FlowableListener listener(String event) {
    var listener = new FlowableListener();
    listener.setEvent(event);
    listener.setImplementationType(ImplementationType.IMPLEMENTATION_TYPE_DELEGATEEXPRESSION);
    listener.setImplementation(REACHED);
    return listener;
  }

  private String nameOf(String node) {
    var name = names.get(node);
    if (name == null) {
      throw new IllegalArgumentException("The flow has no node \"%s\".".formatted(node));
    }
    return name;
  }

  /** Outcomes are words of a package: what could end the text constant has no place in them. */
  private static String plain(String outcome) {
    if (!outcome.matches("[A-Za-z0-9_-]{1,60}")) {
      throw new IllegalArgumentException(
          "The outcome is \"%s\", expected letters, digits, hyphens or underscores.".formatted(outcome));
    }
    return outcome;
  }
}
