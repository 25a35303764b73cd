package de.citycloud.platform.identity;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Refuses to start with a route for which nobody said for whom it is: on both ports. */
@Component
class RouteCheck {
  private final ApplicationContext pages;

  RouteCheck(ApplicationContext pages) {
    this.pages = pages;
  }

  @EventListener
  void check(ContextRefreshedEvent refreshed) {
    var context = refreshed.getApplicationContext();
    var missing = missingOf(context, context == pages
        ? Routes.ALL
        : Stream.concat(Routes.ALL.stream(), Routes.MANAGEMENT.stream()).toList());
    if (!missing.isEmpty()) {
      throw new IllegalStateException("""
                                      %d route(s) have no audience, expected one for each: %s.
                                      Maybe add a line to Routes that says for whom the new one is.\
                                      """.formatted(missing.size(), String.join("; ", missing)));
    }
  }

  static List<String> missingOf(ApplicationContext context, List<Routes.Route> declared) {
    return Routes.missing(LiveRoute.of(context).stream(), declared);
  }
}
