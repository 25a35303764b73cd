package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is different in another version.
 *
 * @param what its name in words; null where there is none
 * @param key its name in the package
 */
record Difference(Part part, Change change, @Nullable Words what, String key) {
  /** Where it is. */
  enum Part {
    PARAMETER, FIELD, PAGE, DECISION, DOCUMENT, TEXT, FLOW, RULES
  }

  /** How it is different. */
  enum Change {
    ADDED, REMOVED, CHANGED
  }

  /** What is different in {@code next}, from what matters most to an adopter to words. */
  static List<Difference> between(ProcedurePackage now, ProcedurePackage next) {
    var all = new ArrayList<Difference>();
    compare(all, Part.PARAMETER, now.parameters(), next.parameters(), Parameter::label, Object::equals);
    compare(all, Part.FIELD, now.fields(), next.fields(), Field::label, Object::equals);
    compare(all, Part.PAGE, byKey(now.steps()), byKey(next.steps()), Field.Step::title, Object::equals);
    compare(all, Part.DECISION, now.decisions(), next.decisions(), table -> null, Arrays::equals);
    if (!now.flow().equals(next.flow())) {
      all.add(new Difference(Part.FLOW, Change.CHANGED, null, "flow"));
    }
    if (!rules(now).equals(rules(next))) {
      all.add(new Difference(Part.RULES, Change.CHANGED, null, "manifest"));
    }
    compare(all, Part.DOCUMENT, now.documents(), next.documents(), text -> null, Object::equals);
    compare(all, Part.TEXT, now.sections(), next.sections(), words -> null, Object::equals);
    compare(all, Part.TEXT, now.texts(), next.texts(), words -> null, Object::equals);
    return List.copyOf(all);
  }

  private static Map<String, Field.Step> byKey(List<Field.Step> steps) {
    var all = new java.util.LinkedHashMap<String, Field.Step>();
    steps.forEach(step -> all.put(step.key(), step));
    return all;
  }

  /** Deadlines, retention, assurance: what the manifest promises. */
  private static List<Object> rules(ProcedurePackage pack) {
    var manifest = pack.manifest();
    return List.of(String.valueOf(manifest.processing()), manifest.answerWithin(),
        String.valueOf(manifest.objectionWithin()), manifest.keepFor(), manifest.archive(), manifest.assurance(),
        manifest.intake(), manifest.discretion());
  }

  private static <T> void compare(List<Difference> all, Part part, Map<String, T> now, Map<String, T> next,
      Function<T, @Nullable Words> words, BiPredicate<T, T> same) {
    var keys = new LinkedHashSet<>(next.keySet());
    keys.addAll(now.keySet());
    for (var key : keys) {
      var before = now.get(key);
      var after = next.get(key);
      if (before == null || after == null) {
        all.add(new Difference(part, before == null ? Change.ADDED : Change.REMOVED,
            words.apply(Objects.requireNonNull(after == null ? before : after)), key));
      } else if (!same.test(before, after)) {
        all.add(new Difference(part, Change.CHANGED, words.apply(after), key));
      }
    }
  }
}
