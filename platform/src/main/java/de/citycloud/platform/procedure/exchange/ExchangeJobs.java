package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.database.Job;
import de.citycloud.platform.municipality.Municipalities;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the exchange does by itself. */
@Configuration(proxyBeanMethods = false)
class ExchangeJobs {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeJobs.class);

  @Bean
  Job procedureNews(Municipalities municipalities, Origins origins, Publisher publisher) {
    return new Job("procedure-news", Duration.ofMinutes(15),
        () -> municipalities.inEach("Looking for news of procedures", () -> {
          publisher.renewIfOld();
          origins.listAll().stream().filter(Origin::isTrusted).forEach(origin -> origins.check(origin.id())
              .ifPresent(problem -> LOG.warn("The index of procedure origin {} was not accepted: {}", origin.id(),
                  problem.slug())));
        }));
  }

  @Bean
  Job procedureFeedback(Municipalities municipalities, Adopters adopters) {
    return new Job("procedure-feedback", Duration.ofSeconds(20),
        () -> municipalities.inEach("Telling origins about procedures", adopters::deliver));
  }
}
