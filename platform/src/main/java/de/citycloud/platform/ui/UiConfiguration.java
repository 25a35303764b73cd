package de.citycloud.platform.ui;

import java.util.Locale;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.support.RequestDataValueProcessor;

/** Words and language of pages. */
@Configuration(proxyBeanMethods = false)
class UiConfiguration {
  @Bean
  static MessageSource messageSource() {
    var messages = new ResourceBundleMessageSource();
    messages.setBasename("messages");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    messages.setDefaultLocale(Locale.GERMAN);
    return messages;
  }

  @Bean
  LocaleResolver localeResolver() {
    return new PageLanguage();
  }

  /** Spring Security brings the one processor of links and forms there can be (its CSRF field); we stand around it. */
  @Bean
  static BeanPostProcessor languageLinks() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof RequestDataValueProcessor processor ? new LanguageLinks(processor) : bean;
      }
    };
  }
}
