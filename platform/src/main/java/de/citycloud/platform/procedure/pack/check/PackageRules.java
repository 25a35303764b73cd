package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.read.Findings;
import java.util.List;
import java.util.function.BiConsumer;

/** All rules between the parts of a package, in the order in which they tell their findings. */
public final class PackageRules {
  private static final List<BiConsumer<Draft, Findings>> ALL = List.of(ManifestRules::changes, ManifestRules::words,
      ManifestRules::intake, ManifestRules::discretion, NameRules::keys, NameRules::reserved, FieldRules::basis,
      FieldRules::options, FieldRules::limits, FieldRules::patterns, FormRules::steps, FormRules::conditions,
      FlowRules::ends, FlowRules::links, FlowRules::gateways, FlowRules::ways, FlowRules::loops, TaskRules::tasks,
      TaskRules::services, TaskRules::stuck, TextRules::placeholders, TextRules::reasons, DecisionRules::outputs,
      DecisionRules::variables, DocumentRules::languages, DocumentRules::placeholders, DocumentRules::remedy,
      ExampleRules::references, ExampleRules::outcomes);

  private PackageRules() {}

  /** Checks all of them. */
  public static void check(Draft draft, Findings findings) {
    ALL.forEach(rule -> rule.accept(draft, findings));
  }
}
