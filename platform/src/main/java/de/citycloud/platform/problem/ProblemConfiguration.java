package de.citycloud.platform.problem;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Asks {@link ProblemResolver} after the advices of modules and before Spring's own answers. */
@Configuration(proxyBeanMethods = false)
class ProblemConfiguration implements WebMvcConfigurer {
  private final ProblemResolver resolver;

  ProblemConfiguration(ProblemResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    resolvers.add(Math.min(1, resolvers.size()), resolver);
  }
}
