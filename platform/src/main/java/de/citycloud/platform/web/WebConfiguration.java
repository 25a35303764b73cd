package de.citycloud.platform.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebConfiguration {
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> headerLimits() {
    return factory -> factory.setProtocol(HeaderLimitProtocol.class.getName());
  }
}
