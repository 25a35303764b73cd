package de.citycloud.platform.identity;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Which sessions an account has open in this process: at most {@value #AT_MOST}, one more ends the oldest. So nobody
 * stays signed in on ten forgotten computers, and sessions cannot fill the memory.
 */
@Component
class OpenSessions implements HttpSessionListener {
  static final int AT_MOST = 5;
  private static final String ATTRIBUTE = "city.account";

  private final Map<Account, Deque<HttpSession>> open = new ConcurrentHashMap<>();

  private record Account(int municipality, int id) implements Serializable {}

  /** Notes that somebody signed in with {@code session}. */
  void opened(SignedIn somebody, HttpSession session) {
    forget(session);
    var account = new Account(somebody.municipalityId(), somebody.accountId());
    session.setAttribute(ATTRIBUTE, account);
    var ended = new ArrayDeque<HttpSession>();
    open.compute(account, (key, known) -> {
      var sessions = known == null ? new ArrayDeque<HttpSession>() : known;
      sessions.add(session);
      while (sessions.size() > AT_MOST) {
        ended.add(sessions.remove());
      }
      return sessions;
    });
    // Outside of the map's lock, since ending calls sessionDestroyed.
    for (var oldest : ended) {
      try {
        oldest.invalidate();
      } catch (IllegalStateException e) {
        // It ended by itself meanwhile.
      }
    }
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    forget(event.getSession());
  }

  private void forget(HttpSession session) {
    if (session.getAttribute(ATTRIBUTE) instanceof Account account) {
      open.computeIfPresent(account, (key, sessions) -> {
        sessions.removeIf(each -> each.getId().equals(session.getId()));
        return sessions.isEmpty() ? null : sessions;
      });
    }
  }
}
