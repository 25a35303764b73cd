package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.pack.PackageArchive;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.dmn.engine.DmnDecision;
import org.operaton.bpm.dmn.engine.DmnEngine;
import org.operaton.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.operaton.bpm.engine.variable.Variables;
import org.springframework.http.HttpStatus;

/**
 * Decision tables on the DMN engine. A table is parsed once; each evaluation has ten seconds. No table that the package
 * reader lets pass comes near to them once the program is warm (some milliseconds); they also cover the first of all.
 */
final class DecisionTables {
  private static final int MOST_TABLES = 500;
  private static final int SECONDS = 10;
  private static final List<String> TYPES = List.of("boolean", "string", "integer", "long", "double", "number",
      "date", "time", "dateTime", "dayTimeDuration", "yearMonthDuration");

  private final DmnEngine engine = engine();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, DmnDecision> tables = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, DmnDecision> eldest) {
      return size() > MOST_TABLES;
    }
  };

  private static DmnEngine engine() {
    var configuration = new DefaultDmnEngineConfiguration();
    var feel = DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE;
    configuration.setDefaultInputExpressionExpressionLanguage(feel);
    configuration.setDefaultInputEntryExpressionLanguage(feel);
    configuration.setDefaultOutputEntryExpressionLanguage(feel);
    configuration.setDefaultLiteralExpressionLanguage(feel);
    // values keep their forms: dates stay dates and money keeps its decimals
    var types = configuration.getTransformer().getDataTypeTransformerRegistry();
    TYPES.forEach(type -> types.addTransformer(type, Variables::untypedValue));
    return configuration.buildEngine();
  }

  /**
   * What the table says: its outputs by name; empty if no rule fits.
   *
   * @throws CityProblem {@code decision-failed} (422) if it cannot be read, takes too long or fails
   */
  Optional<Map<String, Object>> evaluate(String name, byte[] xml, Map<String, Object> variables) {
    var work = workers.submit(() -> {
      var result = engine.evaluateDecisionTable(table(name, xml), variables);
      return result.isEmpty()
          ? Optional.<Map<String, Object>>empty()
          : Optional.of(result.getSingleResult().getEntryMap());
    });
    try {
      return work.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failed(name, "it cannot be evaluated", e.getCause());
    } catch (TimeoutException e) {
      work.cancel(true);
      throw failed(name, "it takes longer than %d seconds".formatted(SECONDS), e);
    } catch (InterruptedException e) {
      work.cancel(true);
      Thread.currentThread().interrupt();
      throw failed(name, "it was interrupted", e);
    }
  }

  private DmnDecision table(String name, byte[] xml) {
    var key = name + " " + PackageArchive.digest(xml);
    synchronized (tables) {
      var known = tables.get(key);
      if (known != null) {
        return known;
      }
    }
    var parsed = engine.parseDecision(name, new ByteArrayInputStream(xml));
    synchronized (tables) {
      tables.put(key, parsed);
    }
    return parsed;
  }

  /** A table that gives no usable answer. The message of the engine stays in the cause: it may hold answers. */
  static CityProblem failed(String name, String why, @Nullable Throwable cause) {
    var problem = new CityProblem("decision-failed", HttpStatus.UNPROCESSABLE_CONTENT,
        """
        The table "%s" gives no answer: %s.
        Maybe an example case of the package shows why; its maintainer can mend it.""".formatted(name, why));
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }
}
