package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditActor;
import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.identity.SignedIn.StatedPurpose;
import de.citycloud.platform.guard.NetworkAddress;
import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Who is signed in: a cookie with a random token for the pages of one municipality, its hash in the store. Every process
 * knows every session, and an ended one ends with the next call. A new cookie is given at every sign-in.
 */
@Component
class Sessions implements SecurityContextRepository {
  static final String COOKIE = "city";
  private static final String FOUND = Sessions.class.getName();

  private final SessionStore store;
  private final CsrfTokenRepository formTokens;
  private final AuditLog audit;

  Sessions(SessionStore store, CsrfTokenRepository formTokens, AuditLog audit) {
    this.store = store;
    this.formTokens = formTokens;
    this.audit = audit;
  }

  /** Signs in for the current municipality; the session before, if any, ends. */
  void signIn(int account, Factor factor, Assurance assurance, HttpServletRequest request,
      HttpServletResponse response) {
    token(request).ifPresent(store::end);
    var token = store.begin(account, factor, assurance, Device.of(request.getHeader(HttpHeaders.USER_AGENT)),
        NetworkAddress.truncated(request.getRemoteAddr()));
    write(response, request, token, -1);
    formTokens.saveToken(null, request, response);
    audit.record(AuditEntry.of("account.signed-in", "account " + account, new AuditActor.Account(account))
        .with("with", factor.inStore()));
  }

  /** Ends this session. */
  void signOut(HttpServletRequest request, HttpServletResponse response) {
    current().ifPresent(account -> audit.record(AuditEntry.of("account.signed-out", "account " + account.accountId())));
    token(request).ifPresent(store::end);
    write(response, request, "", 0);
    formTokens.saveToken(null, request, response);
    response.setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
    SecurityContextHolder.clearContext();
  }

  private static void write(HttpServletResponse response, HttpServletRequest request, String token, long age) {
    response.addHeader(HttpHeaders.SET_COOKIE,
        ResponseCookie.from(COOKIE, token).path("/" + CurrentMunicipality.get().slug()).httpOnly(true)
            .secure(request.isSecure()).sameSite("Lax").maxAge(age).build().toString());
  }

  /** Who asks, in the current municipality; empty for a visitor. */
  static Optional<SignedIn> current() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof SignedIn account
        ? Optional.of(account)
        : Optional.empty();
  }

  /** True if the request carries a session cookie, whether or not it is one (any more). */
  static boolean hasCookie(HttpServletRequest request) {
    return token(request).isPresent();
  }

  private static Optional<String> token(HttpServletRequest request) {
    var cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies).filter(cookie -> cookie.getName().equals(COOKIE)).map(Cookie::getValue)
            .filter(value -> !value.isEmpty() && value.length() <= 100).findFirst();
  }

  @SuppressWarnings("unchecked") // only this method writes the attribute
  private Optional<SignedIn> find(HttpServletRequest request) {
    if (request.getAttribute(FOUND) instanceof Optional<?> found) {
      return (Optional<SignedIn>) found;
    }
    var found = CurrentMunicipality.find().isPresent()
        ? token(request).flatMap(store::find)
        : Optional.<SignedIn>empty();
    request.setAttribute(FOUND, found);
    return found;
  }

  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return contextOf(holder.getRequest());
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new DeferredSecurityContext() {
      @Override
      public SecurityContext get() {
        return contextOf(request);
      }

      @Override
      public boolean isGenerated() {
        return !containsContext(request);
      }
    };
  }

  private SecurityContext contextOf(HttpServletRequest request) {
    var context = SecurityContextHolder.createEmptyContext();
    find(request).ifPresent(account -> context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(account, null, account.authorities())));
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

  /** See {@link StatedPurpose}. */
  void state(StatedPurpose purpose) {
    current().ifPresent(somebody -> {
      store.state(somebody.sessionId(), purpose);
      audit.record(AuditEntry.of("account.purpose-stated", "account " + somebody.accountId())
          .forPurpose(purpose.purpose().name()));
    });
  }
}
