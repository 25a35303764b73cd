package de.citycloud.platform.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words instead of a stack trace why the program did not start. */
class UnsafeTransportAnalyzer extends AbstractFailureAnalyzer<UnsafeTransport> {
  @Override
  protected FailureAnalysis analyze(Throwable failure, UnsafeTransport cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
  }
}
