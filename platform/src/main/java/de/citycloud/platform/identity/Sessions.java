package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Who is signed in, kept in the session apart for each municipality: signed in here means nothing there. A session ends
 * after 30 minutes without a call, and after 12 hours in any case; of
 * one account only a few are open at a time ({@link OpenSessions}).
 */
@Component
class Sessions implements SecurityContextRepository {
  private static final String ATTRIBUTE = "city.signed-in.";
  private static final Duration LONGEST = Duration.ofHours(12);

  private final CsrfTokenRepository formTokens;
  private final OpenSessions open;
  private final AuditLog audit;

  Sessions(CsrfTokenRepository formTokens, OpenSessions open, AuditLog audit) {
    this.formTokens = formTokens;
    this.open = open;
    this.audit = audit;
  }

  /** Signs in for the current municipality, under a new session id and a new form token. */
  void signIn(SignedIn account, HttpServletRequest request, HttpServletResponse response) {
    if (request.getSession(false) != null) {
      request.changeSessionId();
    }
    var session = request.getSession();
    session.setAttribute(ATTRIBUTE + account.municipalityId(), account);
    open.opened(account, session);
    formTokens.saveToken(null, request, response);
    audit.record(AuditEntry.of("account.signed-in", "account " + account.accountId(), account.actor()));
  }

  /** Signs out everywhere. */
  void signOut(HttpServletRequest request, HttpServletResponse response) {
    var session = request.getSession(false);
    current().ifPresent(account -> audit.record(AuditEntry.of("account.signed-out", "account " + account.accountId())));
    if (session != null) {
      session.invalidate();
    }
    formTokens.saveToken(null, request, response);
    response.setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
    SecurityContextHolder.clearContext();
  }

  /** Who asks, in the current municipality; empty for a visitor. */
  static Optional<SignedIn> current() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof SignedIn account
        ? Optional.of(account)
        : Optional.empty();
  }

  private static Optional<SignedIn> find(HttpServletRequest request) {
    var session = request.getSession(false);
    var municipality = CurrentMunicipality.find();
    return session != null && municipality.isPresent()
        && session.getAttribute(ATTRIBUTE + municipality.get().id()) instanceof SignedIn account
        && Instant.now().isBefore(account.since().plus(LONGEST)) ? Optional.of(account) : Optional.empty();
  }

  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return contextOf(holder.getRequest());
  }

  @Override
  public org.springframework.security.core.context.DeferredSecurityContext loadDeferredContext(
      HttpServletRequest request) {
    Supplier<SecurityContext> context = () -> contextOf(request);
    return new org.springframework.security.core.context.DeferredSecurityContext() {
      @Override
      public SecurityContext get() {
        return context.get();
      }

      @Override
      public boolean isGenerated() {
        return !containsContext(request);
      }
    };
  }

  private static SecurityContext contextOf(HttpServletRequest request) {
    var context = SecurityContextHolder.createEmptyContext();
    find(request).ifPresent(account -> {
      context
          .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(account, null, account.authorities()));
    });
    return context;
  }

  @Override
  public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    // Only signIn writes the session.
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return find(request).isPresent();
  }
}
