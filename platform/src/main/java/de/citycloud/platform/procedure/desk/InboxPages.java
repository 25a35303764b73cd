package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.identity.Permission;
import de.citycloud.platform.identity.Staff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import de.citycloud.platform.procedure.casefile.CaseDesk.Row;
import de.citycloud.platform.procedure.casefile.CaseDesk.View;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The inbox: what is mine, what nobody has taken, what is due; the most urgent first. */
@Controller
class InboxPages {
  private static final int LAST_PAGE = 199;

  private final CaseDesk desk;
  private final Procedures procedures;
  private final Staff staff;

  InboxPages(CaseDesk desk, Procedures procedures, Staff staff) {
    this.desk = desk;
    this.procedures = procedures;
    this.staff = staff;
  }

  @GetMapping("/{municipality}/desk")
  ModelAndView inbox(@Nullable String view, @Nullable String procedure, @Nullable String search, @Nullable String page,
      Locale language) {
    var wanted = Arrays.stream(View.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(view)).findFirst().orElse(View.OWN);
    var offered = offered(language);
    var filter = procedure != null && offered.containsKey(procedure) ? procedure : null;
    var typed = Typed.text(search).toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z-]", "");
    var reference = typed.isEmpty() ? null : typed.substring(0, Math.min(14, typed.length()));
    int number = (int) Math.clamp(Typed.number(page, 0), 0, LAST_PAGE);
    var list = desk.list(wanted, filter, reference, number);
    var model = new HashMap<String, Object>();
    model.put("m", CurrentMunicipality.get().slug());
    model.put("views", View.values());
    model.put("view", wanted);
    model.put("counts", desk.counts());
    model.put("list", list);
    model.put("lastPage", Math.min(LAST_PAGE, Math.max(0, (list.total() - 1) / 50)));
    model.put("procedures", offered);
    model.put("filter", Objects.requireNonNullElse(filter, ""));
    model.put("search", Objects.requireNonNullElse(reference, ""));
    model.put("names", staff.namesOf(list.rows().stream().map(Row::assignee).filter(Objects::nonNull)
        .map(Objects::requireNonNull).toList()));
    model.put("me", staff.signedIn().map(somebody -> somebody.accountId()).orElse(0));
    model.put("leads", staff.signedIn().filter(somebody -> somebody.may(Permission.LEAD_OFFICE)).isPresent());
    return new ModelAndView("procedure-desk/inbox", model);
  }

  private Map<String, String> offered(Locale language) {
    var names = new LinkedHashMap<String, String>();
    procedures.listOffered(Instant.now())
        .forEach(one -> names.put(one.key(), one.pack().manifest().name().in(language)));
    return names;
  }
}
