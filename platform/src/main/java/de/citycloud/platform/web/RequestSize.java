package de.citycloud.platform.web;

import de.citycloud.platform.problem.CityProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends calls that are too large before anything of them is kept: by what they announce, and by what they send if they
 * announce nothing. Doors for machines take more; each has its own, smaller limit behind this one.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 14)
class RequestSize extends OncePerRequestFilter {
  /** Largest body of a page, in bytes; uploads included. */
  static final long PAGE_BYTES = 21L << 20;
  /** Largest body of a door for machines, in bytes. */
  static final long DOOR_BYTES = 64L << 20;
  private static final Pattern DOORS = Pattern.compile("/[^/]*/(in|sta)/.*|/v1\\.1.*");

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long most = DOORS.matcher(request.getRequestURI()).matches() ? DOOR_BYTES : PAGE_BYTES;
    if (request.getContentLengthLong() > most) {
      response.setHeader("Connection", "close");
      response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
      return;
    }
    chain.doFilter(request.getContentLengthLong() >= 0 ? request : new Counted(request, most), response);
  }

  /** A body whose length nobody announced. */
  private static final class Counted extends HttpServletRequestWrapper {
    private final long most;

    Counted(HttpServletRequest request, long most) {
      super(request);
      this.most = most;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new CountedStream(super.getInputStream(), most);
    }
  }

  private static final class CountedStream extends ServletInputStream {
    private final ServletInputStream in;
    private final long most;
    private long seen;

    CountedStream(ServletInputStream in, long most) {
      this.in = in;
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int some = in.read(bytes, from, length);
      count(Math.max(0, some));
      return some;
    }

    private void count(int bytes) {
      seen += bytes;
      if (seen > most) {
        throw new CityProblem("too-large", HttpStatus.CONTENT_TOO_LARGE,
            "The body has more than %d bytes.\nMaybe send it in parts.".formatted(most));
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
