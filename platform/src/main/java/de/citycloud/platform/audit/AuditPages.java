package de.citycloud.platform.audit;

import de.citycloud.platform.audit.AuditRecords.Filter;
import de.citycloud.platform.municipality.Municipalities;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** The log for those who may read it: filter, page by page, take along. */
@Controller
@RequestMapping("/{municipality}/audit")
class AuditPages {
  static final int ROWS = 50;
  private static final Pattern ACTOR = Pattern.compile("(account|key):(\\d{1,10})|program:(.{1,80})|(visitor)");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Municipalities municipalities;
  private final AuditRecords records;
  private final SignedHeads heads;
  private final AuditLog log;
  private final MessageSource messages;

  AuditPages(Municipalities municipalities, AuditRecords records, SignedHeads heads, AuditLog log,
      MessageSource messages) {
    this.municipalities = municipalities;
    this.records = records;
    this.heads = heads;
    this.log = log;
    this.messages = messages;
  }

  /** What the filter sends; anything that is no filter is left out rather than refused. */
  record Wanted(@Nullable String action, @Nullable String actor, @Nullable String from, @Nullable String to,
      @Nullable String before) {
    Filter filter() {
      return new Filter(given(action), given(actor), day(from), day(to),
          before != null && before.matches("\\d{1,18}") ? Long.valueOf(before) : null);
    }

    private static @Nullable String given(@Nullable String text) {
      return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable LocalDate day(@Nullable String text) {
      try {
        var day = text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
        return day == null || day.getYear() < 1900 || day.getYear() > 9998 ? null : day;
      } catch (DateTimeException e) {
        return null;
      }
    }
  }

  /** A line of the page. */
  record Row(long seq, Instant at, String what, String object, String who, String actor, String purpose,
      Map<String, String> details) {}

  @GetMapping
  String list(@PathVariable("municipality") String slug, @ModelAttribute("wanted") Wanted wanted, Model model,
      Locale locale) {
    var filter = wanted.filter();
    var found = records.list(filter, ROWS + 1);
    model.addAttribute("town", municipalities.getBySlug(slug));
    model.addAttribute("rows", found.stream().limit(ROWS).map(entry -> row(entry, locale)).toList());
    model.addAttribute("actions", actions(locale));
    model.addAttribute("filtered", !filter.equals(new Filter(null, null, null, null, null)));
    model.addAttribute("older", found.size() <= ROWS ? null : older(slug, filter, found.get(ROWS - 1).seq()));
    return "audit/list";
  }

  private static String older(String slug, Filter filter, long before) {
    return UriComponentsBuilder.fromPath("/" + slug + "/audit").queryParam("before", before)
        .queryParamIfPresent("action", Optional.ofNullable(filter.action()))
        .queryParamIfPresent("actor", Optional.ofNullable(filter.actor()))
        .queryParamIfPresent("from", Optional.ofNullable(filter.from()))
        .queryParamIfPresent("to", Optional.ofNullable(filter.to())).build().encode().toUriString();
  }

  private Map<String, String> actions(Locale locale) {
    var words = new LinkedHashMap<String, String>();
    records.actions().forEach(action -> words.put(action, words(action, locale)));
    return words;
  }

  private Row row(AuditRecord entry, Locale locale) {
    return new Row(entry.seq(), entry.at(), words(entry.action(), locale), entry.object(),
        who(entry.actor(), locale), entry.actor(), entry.purpose(), details(entry.details()));
  }

  private String words(String action, Locale locale) {
    return String.valueOf(messages.getMessage("audit.action." + action, null, action, locale));
  }

  private String who(String actor, Locale locale) {
    var form = ACTOR.matcher(actor);
    if (!form.matches()) {
      return actor;
    }
    if (form.group(4) != null) {
      return messages.getMessage("audit.actor.visitor", null, locale);
    }
    return form.group(1) == null
        ? messages.getMessage("audit.actor.program", new Object[]{form.group(3)}, locale)
        : messages.getMessage("audit.actor." + form.group(1), new Object[]{form.group(2)}, locale);
  }

  /** A record that somebody changed may hold anything; the page shows it all the same. */
  private static Map<String, String> details(String json) {
    try {
      var values = new TreeMap<String, String>();
      JSON.readTree(json).properties().forEach(value -> values.put(value.getKey(), value.getValue().asString("…")));
      return values;
    } catch (tools.jackson.core.JacksonException e) {
      return Map.of("?", json);
    }
  }

  /** The whole log with its signed heads, one JSON object a line; {@code ./city audit verify FILE} checks it. */
  @GetMapping("/export.jsonl")
  void export(@PathVariable("municipality") String slug, HttpServletResponse response) throws IOException {
    var town = municipalities.getBySlug(slug);
    log.record(AuditEntry.of("audit.exported", "audit log"));
    heads.sign();
    response.setContentType("application/jsonl");
    response.setHeader("Content-Disposition", "attachment; filename=\"audit-" + slug + ".jsonl\"");
    response.setHeader("Cache-Control", "no-store");
    try (var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
      write(out, line("kind", "export", "format", 1, "municipality", town.id(), "slug", slug, "publicKey",
          heads.publicKey()));
      records.forEach(entry -> write(out, line("kind", "entry", "municipality", entry.municipality(), "seq",
          entry.seq(), "at", entry.at().toString(), "action", entry.action(), "object", entry.object(), "actor",
          entry.actor(), "purpose", entry.purpose(), "details", entry.details(), "previous", entry.previous(), "hash",
          entry.hash())));
      for (var head : heads.linesOf(town.id())) {
        write(out, head);
      }
    }
  }

  private static String line(Object... pairs) {
    var line = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      line.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return JSON.writeValueAsString(line);
  }

  private static void write(BufferedWriter out, String line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
