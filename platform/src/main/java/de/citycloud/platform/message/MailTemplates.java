package de.citycloud.platform.message;

import de.citycloud.platform.municipality.Municipalities;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Draws a message: as plain text and as HTML, each in the language of its reader. */
@Component
class MailTemplates {
  private final Municipalities municipalities;
  private final SpringTemplateEngine engine = new SpringTemplateEngine();

  MailTemplates(MessageSource words, Municipalities municipalities) {
    this.municipalities = municipalities;
    engine.setTemplateEngineMessageSource(words);
    engine.addTemplateResolver(resolver("*.txt", TemplateMode.TEXT));
    engine.addTemplateResolver(resolver("*.html", TemplateMode.HTML));
  }

  private static ClassLoaderTemplateResolver resolver(String names, TemplateMode mode) {
    var resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/mail/");
    resolver.setResolvablePatterns(Set.of(names));
    resolver.setTemplateMode(mode);
    resolver.setCharacterEncoding("UTF-8");
    return resolver;
  }

  String plain(OutgoingMessage message) {
    return engine.process("mail.txt", context(message));
  }

  String html(OutgoingMessage message) {
    return engine.process("mail.html", context(message));
  }

  private Context context(OutgoingMessage message) {
    var values = new HashMap<String, Object>();
    values.put("subject", message.subject());
    values.put("paragraphs", message.paragraphs());
    values.put("link", message.link());
    values.put("town", municipalities.findById(message.municipality()).map(town -> town.name()).orElse(""));
    return new Context(Locale.of(message.language()), values);
  }
}
