package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.ObjectionRules;
import de.citycloud.platform.procedure.casefile.ObjectionRules.Rule;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Who reviews decisions of this municipality, and before which court one brings an action. */
@Controller
@RequestMapping("/{municipality}/desk/objections")
class ObjectionRulePages {
  private final ObjectionRules rules;
  private final Procedures procedures;
  private final AuditLog audit;
  private final TransactionTemplate transaction;

  ObjectionRulePages(ObjectionRules rules, Procedures procedures, AuditLog audit, TransactionTemplate transaction) {
    this.rules = rules;
    this.procedures = procedures;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** What the form sends. @param own keys of procedures in which the municipality reviews itself */
  record Sent(@Nullable String authority, @Nullable String authorityAddress, @Nullable String court,
      @Nullable String courtAddress, @Nullable List<String> own) {
    boolean isOwn(String key) {
      return own != null && own.contains(key);
    }
  }

  /** One procedure in which decisions are made. */
  record Choice(String key, String name, boolean own) {}

  @GetMapping
  ModelAndView show(@Nullable String done) {
    var rule = rules.get();
    var form = new Sent(rule.authority(), rule.authorityAddress(), rule.court(), rule.courtAddress(),
        List.copyOf(rule.ownMatters()));
    return page(form, HttpStatus.OK).addObject("form", form).addObject("done", done != null);
  }

  @PostMapping
  ModelAndView save(@ModelAttribute("form") Sent form, BindingResult errors) {
    var offered = offered().stream().map(ResolvedProcedure::key).collect(java.util.stream.Collectors.toSet());
    // Procedures that rest today keep what was said about them.
    Set<String> own = new HashSet<>(rules.get().ownMatters());
    own.removeAll(offered);
    Objects.requireNonNullElse(form.own, List.<String>of()).stream().filter(offered::contains).forEach(own::add);
    named(form.authority, form.authorityAddress, "authority", false, errors);
    named(form.court, form.courtAddress, "court", true, errors);
    if (errors.hasErrors()) {
      return page(form, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    transaction.executeWithoutResult(running -> {
      rules.save(new Rule(Typed.text(form.authority), Typed.text(form.authorityAddress), Typed.text(form.court),
          Typed.text(form.courtAddress), own));
      audit.record(AuditEntry.of("case.objection-rule-set", CurrentMunicipality.get().slug()));
    });
    return new ModelAndView("redirect:/" + CurrentMunicipality.get().slug() + "/desk/objections?done");
  }

  /** A name of 3 to 200 characters, or none; a court has a seat, too (§ 58 VwGO). */
  private static void named(@Nullable String name, @Nullable String address, String field, boolean needsAddress,
      BindingResult errors) {
    var typed = Typed.text(name);
    var where = Typed.text(address);
    if (typed.length() > 200 || !typed.isEmpty() && typed.length() < 3 || typed.isEmpty() && !where.isEmpty()) {
      errors.rejectValue(field, "desk.objection.rule.name.form");
    }
    if (where.length() > 300 || needsAddress && where.isEmpty() && !typed.isEmpty()) {
      errors.rejectValue(field + "Address", "desk.objection.rule.address.form");
    }
  }

  private ModelAndView page(Sent form, HttpStatus status) {
    var model = new HashMap<String, Object>();
    model.put("m", CurrentMunicipality.get().slug());
    var language = org.springframework.context.i18n.LocaleContextHolder.getLocale();
    model.put("choices", offered().stream()
        .map(one -> new Choice(one.key(), one.pack().manifest().name().in(language), form.isOwn(one.key()))).toList());
    model.put("section", "desk.title");
    return new ModelAndView("procedure-desk/objection-rules", model, status);
  }

  private List<ResolvedProcedure> offered() {
    return procedures.listOffered(Instant.now()).stream()
        .filter(one -> one.pack().manifest().objectionWithin() != null).toList();
  }
}
