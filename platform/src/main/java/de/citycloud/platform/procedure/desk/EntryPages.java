package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import de.citycloud.platform.procedure.casefile.SentPapers;
import de.citycloud.platform.procedure.casefile.Submission.Channel;
import de.citycloud.platform.procedure.casefile.Submission;
import de.citycloud.platform.procedure.rules.AnswerList;
import de.citycloud.platform.procedure.rules.FieldError;
import de.citycloud.platform.procedure.rules.FieldUse;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.ModelAndView;

/**
 * Applications that come on paper, by phone or at the counter. All fields stand on one page; then everything is shown
 * once more, scans are added, and it is taken like one that came online.
 */
@Controller
@RequestMapping("/{municipality}/desk/new")
class EntryPages {
  private final Procedures procedures;
  private final ProcedureRules rules;
  private final CitizenCases cases;
  private final EntrySheet sheet;
  private final AnswerList answers;
  private final SentPapers papers;
  private final MessageSource messages;

  EntryPages(Procedures procedures, ProcedureRules rules, CitizenCases cases, EntrySheet sheet,
      AnswerList answers, SentPapers papers, MessageSource messages) {
    this.procedures = procedures;
    this.rules = rules;
    this.cases = cases;
    this.sheet = sheet;
    this.answers = answers;
    this.papers = papers;
    this.messages = messages;
  }

  /** What is true of the whole application besides its answers; anything odd in it becomes the usual. */
  record Entry(UUID key, Channel channel, Locale language) {
    static Entry of(MultiValueMap<String, String> sent) {
      UUID key;
      try {
        key = UUID.fromString(Typed.text(sent.getFirst("entry")));
      } catch (IllegalArgumentException e) {
        key = UUID.randomUUID();
      }
      var channel = switch (Typed.text(sent.getFirst("channel"))) {
        case "PHONE" -> Channel.PHONE;
        case "COUNTER" -> Channel.COUNTER;
        default -> Channel.PAPER;
      };
      return new Entry(key, channel, "en".equals(sent.getFirst("language")) ? Locale.ENGLISH : Locale.GERMAN);
    }
  }

  @GetMapping
  ModelAndView choose() {
    return new ModelAndView("procedure-desk/new", Map.of("m", CurrentMunicipality.get().slug(), "procedures",
        procedures.listOffered(Instant.now()), "section", "desk.title"));
  }

  @GetMapping("/{key}")
  ModelAndView form(@PathVariable String key, Locale language) {
    var empty = new LinkedMultiValueMap<String, String>();
    return page("enter", get(key), empty, List.of(), HttpStatus.OK, language);
  }

  @PostMapping("/{key}")
  ModelAndView take(@PathVariable String key, @RequestParam MultiValueMap<String, String> sent, Locale language,
      HttpServletRequest request) throws IOException {
    var procedure = get(key);
    var reading = sheet.read(procedure, sent, language);
    if (!reading.errors().isEmpty() || "edit".equals(sent.getFirst("step"))) {
      boolean wrong = !"edit".equals(sent.getFirst("step"));
      return page("enter", procedure, sent, wrong ? reading.errors() : List.of(),
          wrong ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK, language);
    }
    if (!"send".equals(sent.getFirst("step"))) {
      return check(procedure, sent, reading.values(), List.of(), HttpStatus.OK, language);
    }
    var files = new ArrayList<Submission.Attachment>();
    var values = new HashMap<>(reading.values());
    var errors = attach(procedure, request, values, files, language);
    if (errors.isEmpty()) {
      errors.addAll(rules.check(procedure, values, language));
    }
    if (!errors.isEmpty()) {
      return check(procedure, sent, reading.values(), errors, HttpStatus.UNPROCESSABLE_CONTENT, language);
    }
    var entry = Entry.of(sent);
    var email = values.get("email");
    var receipt = cases.submit(new Submission(entry.key, procedure, rules.onlyAsked(procedure, values), files,
        entry.channel, entry.language, null, email == null ? null : email.toString(), false));
    return new ModelAndView("procedure-desk/entered", Map.of("m", CurrentMunicipality.get().slug(), "receipt", receipt,
        "serviceName", procedure.pack().manifest().name().in(language), "section", "desk.title"));
  }

  /** Reads the scans into files and answers; mistakes are returned. */
  private List<FieldError> attach(ResolvedProcedure procedure, HttpServletRequest request,
      Map<String, Object> values, List<Submission.Attachment> files, Locale language) throws IOException {
    var errors = new ArrayList<FieldError>();
    for (var field : sheet.filesAskedFor(procedure, values)) {
      var sent = request instanceof MultipartHttpServletRequest parts
          ? parts.getFiles(field.key()).stream().filter(part -> !part.isEmpty()).toList()
          : List.<MultipartFile>of();
      if (sent.size() > field.maxLength()) {
        errors.add(new FieldError(field.key(),
            messages.getMessage("desk.enter.files.many", new Object[]{field.maxLength()}, language)));
        continue;
      }
      var ids = new ArrayList<String>();
      for (var part : sent) {
        try {
          var scan = papers.read(part, field.label().de());
          files.add(scan);
          ids.add(scan.id());
        } catch (CityProblem refused) {
          errors.add(new FieldError(field.key(),
              messages.getMessage("problem." + refused.slug() + ".text", null, language)));
        }
      }
      if (!ids.isEmpty()) {
        values.put(field.key(), List.copyOf(ids));
      }
    }
    return errors;
  }

  private ModelAndView page(String view, ResolvedProcedure procedure, MultiValueMap<String, String> sent,
      List<FieldError> errors, HttpStatus status, Locale language) {
    var model = new HashMap<String, Object>();
    model.put("m", CurrentMunicipality.get().slug());
    model.put("key", procedure.key());
    model.put("serviceName", procedure.pack().manifest().name().in(language));
    model.put("procedure", procedure);
    model.put("uses", FieldUse.of(rules, procedure, procedure.pack().fields().values(), language));
    model.put("steps", sheet.stepsOf(procedure, sent, errors, language));
    model.put("mistakes", errors);
    model.put("entry", Entry.of(sent));
    model.put("section", "desk.title");
    return new ModelAndView("procedure-desk/" + view, model, status);
  }

  private ModelAndView check(ResolvedProcedure procedure, MultiValueMap<String, String> sent,
      Map<String, Object> values, List<FieldError> errors, HttpStatus status, Locale language) {
    var page = page("check", procedure, sent, errors, status, language);
    page.addObject("sheet", answers.answeredOf(procedure, values, language));
    page.addObject("sent", sheet.known(procedure, sent));
    page.addObject("files", sheet.filesOf(procedure, values, errors, language));
    var assessment = rules.assess(procedure, values, ProcedureRules.local(Instant.now()));
    page.addObject("fee", assessment.fee());
    page.addObject("reason", reason(procedure, assessment.reason(), values, assessment.values(), language));
    return page;
  }

  private @Nullable String reason(ResolvedProcedure procedure, @Nullable String key, Map<String, Object> values,
      Map<String, Object> further, Locale language) {
    var words = key == null ? null : procedure.pack().texts().get(key);
    if (words == null) {
      return key;
    }
    var all = new HashMap<>(values);
    all.putAll(further);
    return rules.text(procedure, words, all, language);
  }

  private ResolvedProcedure get(String key) {
    return procedures.find(key, Instant.now()).orElseThrow(() -> new CityProblem("procedure-not-found",
        HttpStatus.NOT_FOUND, """
                              "%s" is not offered here now.
                              Maybe choose one of the list of new applications."""
            .formatted(key.length() > 60 ? key.substring(0, 60) + "…" : key)));
  }
}
