package de.citycloud.platform.procedure.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What another version of a package changes for those who use it, and how large that is by the rules of {@link Version}:
 * texts are a patch; optional fields, parameters with a default, and reasons for asking are minor; all else is major.
 *
 * @param differences from what matters most to an adopter to words
 */
public record PackageDiff(ProcedurePackage before, ProcedurePackage after, List<Difference> differences) {
  /** How large a change is. */
  public enum Level {
    PATCH, MINOR, MAJOR
  }

  /** Where it is. */
  public enum Part {
    PARAMETER, FIELD, PAGE, DECISION, FLOW, RULES, OFFICE, DOCUMENT, TEXT, EXAMPLE
  }

  /** What happened to it. */
  public enum Change {
    ADDED, REMOVED, CHANGED
  }

  /**
   * One thing that is different.
   *
   * @param what its name in words; null where there is none
   * @param key its name in the package
   * @param required true for a parameter that must be set before the new version can become active
   */
  public record Difference(Part part, Change change, Level level, String key, @Nullable Words what, boolean required) {
    @Override
    public String toString() {
      return "%-5s %s %s %s%s".formatted(level, part, key, change, required ? " (has to be set)" : "")
          .toLowerCase(java.util.Locale.ROOT).replace(key.toLowerCase(java.util.Locale.ROOT), key);
    }
  }

  public PackageDiff {
    differences = List.copyOf(differences);
  }

  /**
   * Compares two versions.
   *
   * @throws IllegalArgumentException if they are of different procedures
   */
  public static PackageDiff between(ProcedurePackage before, ProcedurePackage after) {
    if (!before.manifest().key().equals(after.manifest().key())) {
      throw new IllegalArgumentException(
          "The packages are %s and %s, expected two versions of one procedure.".formatted(
              before.id(), after.id()));
    }
    return new PackageDiff(before, after, new Comparing(before, after).all());
  }

  /** How large the whole change is; empty if nothing is different. */
  public Optional<Level> level() {
    return differences.stream().map(Difference::level).max(Comparator.naturalOrder());
  }

  /** Parameters that must be set before {@link #after} can become active. */
  public List<String> requiredParameters() {
    return differences.stream().filter(Difference::required).map(Difference::key).toList();
  }

  /** What is wrong with the number of the new version: it claims less than the change is, or does not grow. */
  public Optional<Finding> versionFinding() {
    var from = before.manifest().version();
    var to = after.manifest().version();
    var level = level();
    if (level.isEmpty() && from.equals(to)) {
      return Optional.empty();
    }
    var least = switch (level.orElse(Level.PATCH)) {
      case PATCH -> new Version(from.major(), from.minor(), from.patch() + 1);
      case MINOR -> new Version(from.major(), from.minor() + 1, 0);
      case MAJOR -> new Version(from.major() + 1, 0, 0);
    };
    return to.compareTo(least) >= 0
        ? Optional.empty()
        : Optional.of(new Finding(true, "version-too-small", "manifest.json /version",
            "Version %s follows %s, expected at least %s: the change is %s.\nMaybe \"%s\" is what makes it so large."
                .formatted(to, from, least, level.orElse(Level.PATCH).name().toLowerCase(java.util.Locale.ROOT),
                    differences.stream().filter(one -> Optional.of(one.level()).equals(level)).findFirst()
                        .map(Difference::key).orElse("the archive"))));
  }

  private static final class Comparing {
    private final ProcedurePackage before;
    private final ProcedurePackage after;
    private final List<Difference> all = new ArrayList<>();

    Comparing(ProcedurePackage before, ProcedurePackage after) {
      this.before = before;
      this.after = after;
    }

    List<Difference> all() {
      each(Part.PARAMETER, before.parameters(), after.parameters(), Parameter::label, this::parameter);
      each(Part.FIELD, before.fields(), after.fields(), Field::label, this::field);
      pages();
      each(Part.DECISION, before.decisions(), after.decisions(), _ -> null,
          (one, other) -> one != null && Arrays.equals(one, other) ? null : Level.MAJOR);
      if (!bare(before.flow()).equals(bare(after.flow()))) {
        all.add(new Difference(Part.FLOW, Change.CHANGED, Level.MAJOR, "flow", null, false));
      } else if (!before.flow().equals(after.flow())) {
        all.add(new Difference(Part.FLOW, Change.CHANGED, Level.PATCH, "flow", null, false));
      }
      each(Part.RULES, promises(before), promises(after), _ -> null, Comparing::major);
      each(Part.OFFICE, before.offices(), after.offices(), words -> words,
          (one, other) -> one == null || other == null ? Level.MAJOR : patch(one, other));
      each(Part.DOCUMENT, before.documents(), after.documents(), _ -> null, Comparing::patch);
      each(Part.TEXT, texts(before), texts(after), _ -> null, Comparing::patch);
      each(Part.EXAMPLE, examples(before), examples(after), _ -> null, Comparing::patch);
      all.sort(Comparator.comparing(Difference::level).reversed());
      return all;
    }

    /** How large the change from one to the other is; null if there is none. One of them may be missing. */
    private interface Weighing<T> {
      @Nullable
      Level weigh(@Nullable T before, @Nullable T after);
    }

    private <T> void each(Part part, Map<String, T> from, Map<String, T> to, Function<T, @Nullable Words> words,
        Weighing<T> weighing) {
      var keys = new LinkedHashSet<>(to.keySet());
      keys.addAll(from.keySet());
      for (var key : keys) {
        var one = from.get(key);
        var other = to.get(key);
        var level = weighing.weigh(one, other);
        if (level != null) {
          boolean required = part == Part.PARAMETER && other instanceof Parameter parameter
              && parameter.required() && parameter.standard() == null
              && !(one instanceof Parameter old && old.required());
          all.add(new Difference(part,
              one == null ? Change.ADDED : other == null ? Change.REMOVED : Change.CHANGED, level, key,
              words.apply(Objects.requireNonNull(other == null ? one : other)), required));
        }
      }
    }

    private static @Nullable Level patch(@Nullable Object one, @Nullable Object other) {
      return Objects.equals(one, other) ? null : Level.PATCH;
    }

    private static @Nullable Level major(@Nullable Object one, @Nullable Object other) {
      return Objects.equals(one, other) ? null : Level.MAJOR;
    }

    private @Nullable Level parameter(@Nullable Parameter one, @Nullable Parameter other) {
      if (other == null) {
        return Level.MAJOR;
      }
      boolean mustBeSet = other.required() && other.standard() == null;
      if (one == null) {
        return mustBeSet ? Level.MAJOR : Level.MINOR;
      }
      if (one.type() != other.type() || !Objects.equals(one.minimum(), other.minimum())
          || !Objects.equals(one.maximum(), other.maximum()) || !one.options().keySet().equals(other.options().keySet())
          || !columns(one).equals(columns(other)) || (mustBeSet && !one.required())) {
        return Level.MAJOR;
      }
      return !Objects.equals(one.standard(), other.standard()) || one.required() != other.required()
          ? Level.MINOR
          : patch(one, other);
    }

    private static List<String> columns(Parameter parameter) {
      return parameter.columns().stream().map(column -> column.key() + " " + column.type()).toList();
    }

    private @Nullable Level field(@Nullable Field one, @Nullable Field other) {
      if (other == null) {
        return Level.MAJOR;
      }
      if (one == null) {
        return other.required() ? Level.MAJOR : Level.MINOR;
      }
      if (one.type() != other.type() || other.maxLength() < one.maxLength() || (other.required() && !one.required())
          || !Objects.equals(one.pattern(), other.pattern()) || !Objects.equals(one.minimum(), other.minimum())
          || !Objects.equals(one.maximum(), other.maximum()) || !one.options().keySet().equals(other.options().keySet())
          || !Objects.equals(one.optionsFrom(), other.optionsFrom()) || !Objects.equals(one.when(), other.when())) {
        return Level.MAJOR;
      }
      return one.required() != other.required() || other.maxLength() > one.maxLength()
          || one.personal() != other.personal() || !one.legalBasis().equals(other.legalBasis())
          || !one.purpose().equals(other.purpose()) ? Level.MINOR : patch(one, other);
    }

    /** Pages, as far as the fields that both versions have go: what new fields add was told there. */
    private void pages() {
      var isNew = new HashSet<>(after.fields().keySet());
      isNew.removeAll(before.fields().keySet());
      each(Part.PAGE, pages(before), pages(after), Field.Step::title, (one, other) -> {
        if (one == null) {
          return other != null && isNew.containsAll(other.fields()) ? Level.MINOR : Level.MAJOR;
        }
        if (other == null || !Objects.equals(one.when(), other.when())
            || !other.fields().stream().filter(field -> !isNew.contains(field)).toList().equals(one.fields())) {
          return Level.MAJOR;
        }
        return one.title().equals(other.title()) && Objects.equals(one.intro(), other.intro()) ? null : Level.PATCH;
      });
    }

    private static Map<String, Field.Step> pages(ProcedurePackage pack) {
      var pages = new LinkedHashMap<String, Field.Step>();
      pack.steps().forEach(step -> pages.put(step.key(), step));
      return pages;
    }

    /** The flow without its words. */
    private static List<Object> bare(Flow flow) {
      var bare = new ArrayList<Object>(flow.sequences());
      flow.nodes().values().forEach(node -> bare.add(node instanceof Flow.Task task
          ? List.of(task.id(), task.kind(), task.role(), List.copyOf(task.outcomes().keySet()))
          : node));
      return bare;
    }

    /** What the manifest promises or demands. */
    private static Map<String, Object> promises(ProcedurePackage pack) {
      var manifest = pack.manifest();
      var promises = new LinkedHashMap<String, Object>();
      promises.put("origin", manifest.origin());
      promises.put("minimumPlatform", manifest.minimumPlatform());
      promises.put("intake", manifest.intake());
      promises.put("discretion", manifest.discretion());
      promises.put("assurance", manifest.assurance());
      promises.put("processing", String.valueOf(manifest.processing()));
      promises.put("answerWithin", manifest.answerWithin());
      promises.put("objectionWithin", String.valueOf(manifest.objectionWithin()));
      promises.put("keepFor", manifest.keepFor());
      promises.put("archive", manifest.archive());
      return promises;
    }

    private static Map<String, Object> texts(ProcedurePackage pack) {
      var manifest = pack.manifest();
      var texts = new LinkedHashMap<String, Object>();
      pack.sections().forEach((key, words) -> texts.put("section." + key, words));
      pack.texts().forEach((key, words) -> texts.put("text." + key, words));
      texts.put("manifest.name", manifest.name());
      texts.put("manifest.summary", manifest.summary());
      texts.put("manifest.action", manifest.action());
      texts.put("manifest.synonyms", manifest.synonyms());
      texts.put("manifest.topic", manifest.topic());
      texts.put("manifest.maintainer", manifest.maintainer());
      texts.put("manifest.licence", manifest.licence());
      texts.put("manifest.leika", manifest.leika());
      texts.put("manifest.keepBasis", manifest.keepBasis());
      return texts;
    }

    private static Map<String, Object> examples(ProcedurePackage pack) {
      var examples = new LinkedHashMap<String, Object>();
      pack.examples().forEach(example -> examples.put(example.name(), example));
      return examples;
    }
  }
}
