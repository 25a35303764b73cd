package de.citycloud.platform.message;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.ui.PageFormats;
import de.citycloud.platform.ui.PagePdf;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * For staff: what goes out and what became of it. The words of a message and its whole address are shown in demo towns
 * only, and those of letters until they are printed: looking after delivery needs no more.
 */
@Controller
@RequestMapping("/{municipality}/messages")
class MessagePages {
  private static final int ROWS = 100;

  private final Municipalities municipalities;
  private final Outbox outbox;
  private final MailDoor door;
  private final MailTemplates templates;
  private final AuditLog audit;
  private final PagePdf pdf;
  private final PageFormats formats;
  private final TransactionTemplate transaction;

  MessagePages(Municipalities municipalities, Outbox outbox, MailDoor door, MailTemplates templates, AuditLog audit,
      PagePdf pdf, PageFormats formats, TransactionTemplate transaction) {
    this.pdf = pdf;
    this.formats = formats;
    this.municipalities = municipalities;
    this.outbox = outbox;
    this.door = door;
    this.templates = templates;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** A line of the list. */
  record Row(OutgoingMessage message, String to) {}

  @GetMapping
  String list(@PathVariable("municipality") String slug, Model model) {
    var town = municipalities.getBySlug(slug);
    model.addAttribute("town", town);
    model.addAttribute("rows", outbox.list(ROWS).stream().map(message -> new Row(message, to(message, town))).toList());
    model.addAttribute("open", door.isOpen());
    return "message/list";
  }

  private static String to(OutgoingMessage message, Municipality town) {
    if (!message.isReadable()) {
      return "–";
    }
    if (message.isLetter()) {
      return message.addressLines().getLast();
    }
    return town.demo() ? message.recipient() : new MailAddress(message.recipient()).masked();
  }

  @GetMapping("/{id}")
  String message(@PathVariable("municipality") String slug, @PathVariable("id") long id, Model model) {
    var town = municipalities.getBySlug(slug);
    var message = get(id);
    model.addAttribute("town", town);
    model.addAttribute("row", new Row(message, to(message, town)));
    model.addAttribute("words", town.demo());
    model.addAttribute("plain", town.demo() && !message.isLetter() ? templates.plain(message) : "");
    model.addAttribute("section", "message.title");
    return "message/message";
  }

  @PostMapping("/{id}/retry")
  String retry(@PathVariable("municipality") String slug, @PathVariable("id") long id) {
    return change(slug, id, List.of("failed", "bounced"), "waiting", "message.tried-again");
  }

  @PostMapping("/{id}/bounced")
  String bounced(@PathVariable("municipality") String slug, @PathVariable("id") long id) {
    return change(slug, id, List.of("sent", "printed"), "bounced", "message.came-back");
  }

  @PostMapping("/{id}/printed")
  String printed(@PathVariable("municipality") String slug, @PathVariable("id") long id) {
    return change(slug, id, List.of("waiting"), "printed", "message.printed");
  }

  /** The letter to print and put into an envelope with a window; only until it is printed, and the log says who. */
  @GetMapping("/{id}/letter.pdf")
  ResponseEntity<byte[]> letter(@PathVariable("municipality") String slug, @PathVariable("id") long id) {
    var town = municipalities.getBySlug(slug);
    var message = outbox.find(id)
        .filter(found -> found.isLetter() && found.isReadable() && found.state().equals("waiting"))
        .orElseThrow(() -> new CityProblem("letter-not-found", HttpStatus.NOT_FOUND,
            """
            Message %d is no letter that waits to be printed, expected one.
            Maybe it was printed already.""".formatted(id)));
    audit.record(AuditEntry.of("message.letter-opened", "message " + id));
    var model = new HashMap<String, Object>();
    model.put("letter", message);
    model.put("town", town.name());
    model.put("date", formats.date(message.createdAt()));
    return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, "application/pdf")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"letter-%d.pdf\"".formatted(id))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(pdf.render("message/letter-pdf", Locale.of(message.language()), model));
  }

  private String change(String slug, long id, List<String> from, String to, String action) {
    var message = get(id);
    boolean fits = !to.equals("printed") || message.isLetter();
    transaction.executeWithoutResult(running -> {
      if (fits && outbox.change(id, from, to)) {
        audit.record(AuditEntry.of(action, "message " + id));
      }
    });
    return "redirect:/" + municipalities.getBySlug(slug).slug() + "/messages/" + id;
  }

  private OutgoingMessage get(long id) {
    return outbox.find(id).orElseThrow(() -> new CityProblem("message-not-found", HttpStatus.NOT_FOUND,
        """
        Message %d is not here, expected one of this municipality.
        Maybe its time of 30 days is over.""".formatted(id)));
  }
}
