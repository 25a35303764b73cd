package de.citycloud.platform.operation;

import de.citycloud.platform.database.StoreUnavailable;
import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Why the program did not start, in words that help, instead of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartFailures implements FailureAnalyzer {
  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case PortInUseException taken -> {
          return new FailureAnalysis("Port %d is in use by another program.".formatted(taken.getPort()),
              "Stop that program, or choose another port: ./city run --port %d".formatted(taken.getPort() + 1), cause);
        }
        case StoreUnavailable store -> {
          return new FailureAnalysis(String.valueOf(store.getMessage()), null, cause);
        }
        case BindException bind -> {
          return new FailureAnalysis("A port could not be opened: %s (%s).".formatted(bind.getMessage(),
              String.valueOf(failure.getMessage()).lines().findFirst().orElse("")),
              "Stop the program that holds it, or choose another one with --port or --mqtt-port.", cause);
        }
        default -> {
          // look further down
        }
      }
    }
    return null;
  }
}
