package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.database.Job;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.DemoProceduresReady;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

/** At the start, and later for municipalities that come: shipped packages are offered, and demo towns adopt them. */
@Configuration(proxyBeanMethods = false)
class ProcedureSetUp {
  /**
   * Both ways to run it, one at a time: beside the first visitors when the program is ready, and now and then.
   *
   * @param told demo towns whose procedures are ready, as everybody who wanted to know has heard
   */
  record SetUp(ShippedProcedures shipped, Municipalities municipalities, ApplicationEventPublisher news, boolean demo,
      Set<Integer> told) {
    private static final Logger LOG = LoggerFactory.getLogger(SetUp.class);

    synchronized void run() {
      shipped.offer();
      if (demo) {
        municipalities.listAll().stream().filter(Municipality::demo).forEach(town -> {
          shipped.adoptDemo(town);
          if (!told.contains(town.id())) {
            news.publishEvent(new DemoProceduresReady(town));
            told.add(town.id());
          }
        });
      }
    }

    @EventListener
    @Order(0)
    void start(ApplicationReadyEvent ready) {
      Thread.ofVirtual().name("shipped-procedures").start(() -> {
        try {
          run();
        } catch (RuntimeException e) {
          LOG.warn("The shipped procedures were not all set up; the next try comes within ten minutes.", e);
        }
      });
    }
  }

  @Bean
  SetUp shippedProceduresSetUp(ShippedProcedures shipped, Municipalities municipalities,
      ApplicationEventPublisher news, @Value("${city.demo.enabled:false}") boolean demo) {
    return new SetUp(shipped, municipalities, news, demo, new HashSet<>());
  }

  /** A version may begin on a day that was chosen long before: its origin hears of it then. */
  @Bean
  Job newsForOrigins(Adoptions adoptions, Municipalities municipalities) {
    return new Job("procedure-adoption-news", Duration.ofMinutes(5),
        () -> municipalities.inEach("Telling origins what is in use", adoptions::tellOrigins));
  }

  @Bean
  Job offerOfShippedProcedures(SetUp setUp) {
    return new Job("shipped-procedures", Duration.ofMinutes(10), setUp::run);
  }
}
