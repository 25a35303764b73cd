package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the tables {@code eligibility} and {@code fee}, and believes only answers of the right kind. */
final class Assessing {
  private static final BigDecimal MOST_FEE = new BigDecimal("1000000");
  private static final BigDecimal NOTHING = new BigDecimal("0.00");
  private final DecisionTables tables = new DecisionTables();

  Assessment assess(ResolvedProcedure procedure, Map<String, Object> answers, LocalDateTime at) {
    var variables = variables(procedure, answers, at);
    var values = new HashMap<String, Object>();
    boolean eligible = true;
    String reason = null;
    var eligibility = procedure.pack().decisions().get("eligibility");
    if (eligibility != null) {
      var result = tables.evaluate("eligibility", eligibility, variables)
          .orElseThrow(() -> DecisionTables.failed("eligibility", "no rule fits", null));
      if (!(result.get("eligible") instanceof Boolean may)) {
        throw DecisionTables.failed("eligibility", "\"eligible\" is neither true nor false", null);
      }
      eligible = may;
      reason = may ? null : textKey(procedure, "eligibility", result.get("reason"));
      if (!may && reason == null) {
        throw DecisionTables.failed("eligibility", "it refuses without a reason", null);
      }
      result.forEach((name, value) -> {
        if (!name.equals("eligible") && !name.equals("reason")) {
          believed(value).ifPresent(one -> values.put(name, one));
        }
      });
    }
    return eligible
        ? withFee(procedure, variables, values)
        : new Assessment(false, reason, values, NOTHING, null);
  }

  private Assessment withFee(ResolvedProcedure procedure, Map<String, Object> variables, Map<String, Object> values) {
    var table = procedure.pack().decisions().get("fee");
    if (table == null) {
      return new Assessment(true, null, values, NOTHING, null);
    }
    var result = tables.evaluate("fee", table, variables)
        .orElseThrow(() -> DecisionTables.failed("fee", "no rule fits", null));
    if (!(result.get("fee") instanceof Number number)) {
      throw DecisionTables.failed("fee", "\"fee\" is no number", null);
    }
    var fee = new BigDecimal(number.toString());
    if (fee.signum() < 0 || fee.compareTo(MOST_FEE) > 0) {
      throw DecisionTables.failed("fee", "the fee is not from 0 to %s euros".formatted(MOST_FEE), null);
    }
    return new Assessment(true, null, values, fee.setScale(2, RoundingMode.HALF_UP),
        textKey(procedure, "fee", result.get("feeReason")));
  }

  private static @Nullable String textKey(ResolvedProcedure procedure, String table, @Nullable Object value) {
    if (!(value instanceof String key) || key.isBlank()) {
      return null;
    }
    if (!procedure.pack().texts().containsKey(key)) {
      throw DecisionTables.failed(table, "its reason is no text of the package", null);
    }
    return key;
  }

  /** A further value of a table in one of the forms of answers; others are left out. */
  private static Optional<Object> believed(@Nullable Object value) {
    return Optional.ofNullable(switch (value) {
      case null -> null;
      case String text -> text.length() <= 500 && !text.isEmpty() ? text : null;
      case Boolean yes -> yes;
      case Number number -> new BigDecimal(number.toString());
      case LocalDate date -> date;
      case LocalDateTime moment -> moment.toLocalDate();
      case ZonedDateTime moment -> moment.toLocalDate();
      default -> null;
    });
  }

  private static Map<String, Object> variables(ResolvedProcedure procedure, Map<String, Object> answers,
      LocalDateTime at) {
    var variables = new HashMap<String, Object>();
    procedure.pack().fields().keySet().forEach(key -> variables.put(key, answers.get(key)));
    procedure.pack().parameters().keySet()
        .forEach(key -> variables.put(key, feel(procedure.parameters().get(key))));
    variables.put("today", at.toLocalDate());
    variables.put("now", at);
    return variables;
  }

  /** FEEL has periods of months and durations of days, no mix of both. */
  private static @Nullable Object feel(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Period period -> period.toTotalMonths() == 0 ? Duration.ofDays(period.getDays()) : period;
      case List<?> rows -> rows.stream().map(row -> row instanceof Map<?, ?> cells ? context(cells) : row).toList();
      default -> value;
    };
  }

  private static Map<Object, Object> context(Map<?, ?> cells) {
    var context = new HashMap<Object, Object>();
    cells.forEach((column, cell) -> context.put(column, feel(cell)));
    return context;
  }
}
