package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.message.Messages;
import de.citycloud.platform.message.Text;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.apply.Applications.Opened;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Saving an application and coming back to it on another day or device, by a link to copy or to get by mail. */
@Controller
@RequestMapping("/{municipality}/services/{key}")
class SavedPages {
  private final Municipalities municipalities;
  private final Applications applications;
  private final Drafts drafts;
  private final PathCookies cookies;
  private final Messages mail;

  SavedPages(Municipalities municipalities, Applications applications, Drafts drafts, PathCookies cookies,
      Messages mail) {
    this.municipalities = municipalities;
    this.applications = applications;
    this.drafts = drafts;
    this.cookies = cookies;
    this.mail = mail;
  }

  @GetMapping("/saved/{draft}")
  ModelAndView saved(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, HttpServletRequest request, Locale language, CsrfToken formToken) {
    formToken.getToken();
    return show(slug, applications.open(request, key, id), language);
  }

  /** Shows the link, or sends it; an application gets one a day, an address at most three. */
  @PostMapping("/saved/{draft}")
  ModelAndView link(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, @Nullable String email, HttpServletRequest request, Locale language,
      CsrfToken formToken) {
    formToken.getToken();
    var opened = applications.open(request, key, id);
    if (opened.draft().isSent()) {
      return new ModelAndView("redirect:/" + slug + "/services/" + key + "/sent/" + id);
    }
    var page = show(slug, opened, language);
    if (email == null) {
      return page.addObject("link", newLink(slug, opened));
    }
    var address = email.strip();
    if (!MailAddress.isValid(address)) {
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page.addObject("wrong", true).addObject("email", address.length() > 254 ? "" : address);
    }
    if (drafts.mayMail(opened.draft(), address)) {
      mail.send(opened.draft().person(), new MailAddress(address), new Text("application-saved", language,
          List.of(opened.procedure().pack().manifest().name().in(language), municipalities.getBySlug(slug).name()),
          newLink(slug, opened), opened.draft().toString()));
      return page.addObject("mailed", true);
    }
    return page.addObject("refused", true);
  }

  private String newLink(String slug, Opened opened) {
    return ServletUriComponentsBuilder.fromCurrentContextPath()
        .pathSegment(slug, "services", opened.procedure().key(), "return", opened.draft().id().toString(),
            drafts.newReturn(opened.draft()))
        .build().toUriString();
  }

  private ModelAndView show(String slug, Opened opened, Locale language) {
    return new ModelAndView("procedure-apply/saved").addObject("town", municipalities.getBySlug(slug))
        .addObject("serviceName", opened.procedure().pack().manifest().name().in(language))
        .addObject("until", opened.draft().expiresAt()).addObject("wrong", false).addObject("mailed", false)
        .addObject("refused", false)
        .addObject("email", Objects.requireNonNullElse(opened.draft().answers().get("email"), ""))
        .addObject("service", "/" + slug + "/services/" + opened.procedure().key())
        .addObject("id", opened.draft().id());
  }

  /** The link leads to a button, since programs that look into mails open links, too. */
  @GetMapping("/return/{draft}/{secret}")
  ModelAndView comeBack(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, @PathVariable("secret") String secret, Locale language, CsrfToken formToken) {
    formToken.getToken();
    var procedure = applications.service(key);
    if (!drafts.leadsBack(id, procedure.key(), secret)) {
      throw Applications.noDraft();
    }
    return new ModelAndView("procedure-apply/return").addObject("town", municipalities.getBySlug(slug))
        .addObject("serviceName", procedure.pack().manifest().name().in(language));
  }

  @PostMapping("/return/{draft}/{secret}")
  String goOn(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, @PathVariable("secret") String secret, HttpServletRequest request,
      HttpServletResponse response) {
    var procedure = applications.service(key);
    var cookie = drafts.comeBack(id, procedure.key(), secret).orElseThrow(Applications::noDraft);
    var service = "/" + slug + "/services/" + procedure.key();
    cookies.keepDraft(request, response, service, id, cookie);
    return "redirect:" + service + "/apply/" + id;
  }

  /** Deletes an application that was not sent. */
  @PostMapping("/saved/{draft}/discard")
  String discard(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, HttpServletRequest request, HttpServletResponse response) {
    var opened = applications.open(request, key, id);
    var service = "/" + slug + "/services/" + key;
    drafts.discard(opened.draft());
    cookies.forgetDraft(response, service, id);
    return "redirect:" + service;
  }
}
