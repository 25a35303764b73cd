package de.citycloud.platform.operation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Ends the program as soon as it is ready: {@code ./city} runs it once after a build, so that the JVM learns it. */
@Component
@ConditionalOnBooleanProperty("city.trial")
class TrialRun {
  private final ConfigurableApplicationContext context;

  TrialRun(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE)
  void end() {
    // From a thread of its own: the main thread still has to return from starting.
    Thread.ofPlatform().name("trial-end").start(() -> System.exit(SpringApplication.exit(context)));
  }
}
