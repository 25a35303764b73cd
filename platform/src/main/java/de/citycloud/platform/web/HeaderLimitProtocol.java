package de.citycloud.platform.web;

import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/** Tomcat's HTTP/1.1, with the status of RFC 6585 for too many or too long headers: 431 instead of 400. */
public class HeaderLimitProtocol extends Http11NioProtocol {
  private static final int TOO_LARGE = 431;

  @Override
  protected Processor createProcessor() {
    return new Limited(this, getAdapter());
  }

  private static final class Limited extends Http11Processor {
    private static final String TOO_LONG = StringManager.getManager(Http11InputBuffer.class)
        .getString("iib.requestheadertoolarge.error");

    Limited(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
      super(protocol, adapter);
    }

    /** Called with the status already set, before the answer is written. Too many headers are an illegal state. */
    @Override
    protected void setErrorState(ErrorState state, @Nullable Throwable cause) {
      if (response.getStatus() == 400 && (cause instanceof IllegalStateException
          || cause instanceof IllegalArgumentException && TOO_LONG.equals(cause.getMessage()))) {
        response.setStatus(TOO_LARGE);
      }
      super.setErrorState(state, cause);
    }
  }
}
