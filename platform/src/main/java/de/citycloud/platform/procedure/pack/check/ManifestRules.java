package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.Manifest;
import de.citycloud.platform.procedure.pack.Version;
import de.citycloud.platform.procedure.pack.read.Findings;
import java.util.Set;

/** What a package says about itself. */
final class ManifestRules {
  private static final String FILE = "manifest.json";
  private static final Set<String> ASSURANCE = Set.of("none", "basis", "substanziell", "hoch");
  /** Version of this platform, as packages mean it; that of the build, as a test knows. */
  static final Version PLATFORM = new Version(0, 1, 0);

  private ManifestRules() {}

  /** {@code changes}: the newest entry is this version, older ones follow. */
  static void changes(Draft draft, Findings findings) {
    var manifest = draft.pack().manifest();
    var changes = manifest.changes();
    if (changes.isEmpty() || !changes.getFirst().version().equals(manifest.version())) {
      findings.error("changes", FILE + " /changes",
          "The first entry of \"changes\" is not version %s, expected what this version changes."
              .formatted(manifest.version()));
    }
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i).version().compareTo(changes.get(i - 1).version()) >= 0) {
        findings.error("changes", FILE + " /changes/" + i,
            "Version %s follows %s, expected the newest first.".formatted(changes.get(i).version(),
                changes.get(i - 1).version()));
      }
    }
  }

  /** {@code manifest-value}: topic, level of assurance and platform are known ones. */
  static void words(Draft draft, Findings findings) {
    var manifest = draft.pack().manifest();
    if (!Manifest.TOPICS.contains(manifest.topic())) {
      findings.error("manifest-value", FILE + " /topic", "The topic is \"%s\", expected one of %s.".formatted(
          Findings.shown(manifest.topic()), String.join(", ", Manifest.TOPICS)));
    }
    if (!ASSURANCE.contains(manifest.assurance())) {
      findings.error("manifest-value", FILE + " /assurance",
          "The level is \"%s\", expected none, basis, substanziell or hoch.".formatted(
              Findings.shown(manifest.assurance())));
    }
    if (manifest.minimumPlatform().compareTo(PLATFORM) > 0) {
      findings.error("platform-too-old", FILE + " /minimumPlatform",
          "The package needs platform %s, this one is %s.\nMaybe update the platform first.".formatted(
              manifest.minimumPlatform(), PLATFORM));
    }
    if (manifest.leika().isEmpty()) {
      findings.warning("no-leika", FILE + " /leika", "There is no LeiKa key, expected 14 digits where one exists.");
    }
  }

  /** {@code intake}: who only takes an application in hands it over, and neither decides nor tells how to object. */
  static void intake(Draft draft, Findings findings) {
    var manifest = draft.pack().manifest();
    boolean decides = draft.tasks().stream().anyMatch(task -> task.kind() == Flow.Task.Kind.DECIDE)
        || draft.services().stream().anyMatch(one -> one.call() == Flow.Service.Call.DECIDE_BY_TABLE);
    boolean handsOver = draft.tasks().stream().anyMatch(task -> task.kind() == Flow.Task.Kind.HAND_OVER);
    if (manifest.intake() && (decides || !handsOver)) {
      findings.error("intake", "flow.bpmn", "An intake decides, or hands over to nobody, expected a task handOver and "
          + "no decision.\nMaybe set \"intake\" to false.");
    }
    if (manifest.intake() == (manifest.objectionWithin() != null)) {
      findings.error("intake", FILE + " /objectionWithin", manifest.intake()
          ? "An intake says how long one can object, expected null: nothing is decided here."
          : "\"objectionWithin\" is missing, expected how long one can object, for example P1M.");
    }
    if (!manifest.intake() && !decides) {
      findings.error("intake", "flow.bpmn", "Nothing decides, expected a task decide, or \"intake\": true.");
    }
  }

  /** {@code discretion}: where the law leaves a choice a person decides (§ 35a VwVfG). */
  static void discretion(Draft draft, Findings findings) {
    if (draft.pack().manifest().discretion()) {
      draft.services().stream().filter(one -> one.call() == Flow.Service.Call.DECIDE_BY_TABLE)
          .forEach(one -> findings.error("discretion", "flow.bpmn " + one.id(),
              "A table decides although there is discretion, expected a task decide of a person."));
    }
  }
}
