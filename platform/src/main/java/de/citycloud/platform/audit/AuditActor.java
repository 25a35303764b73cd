package de.citycloud.platform.audit;

import org.springframework.security.core.context.SecurityContextHolder;

/** Who acts, by number: names change and are personal. */
public sealed interface AuditActor {
  /** Somebody who is signed in. */
  record Account(long id) implements AuditActor {
    @Override
    public String text() {
      return "account:" + id;
    }
  }

  /** A machine with an API key. */
  record Key(long id) implements AuditActor {
    @Override
    public String text() {
      return "key:" + id;
    }
  }

  /**
   * The program itself or a command of it.
   *
   * @param name which part, 1 to 80 characters, e.g. {@code command line}
   */
  record Program(String name) implements AuditActor {
    @Override
    public String text() {
      return "program:" + name;
    }
  }

  /** Somebody who is not signed in. */
  record Visitor() implements AuditActor {
    @Override
    public String text() {
      return "visitor";
    }
  }

  /** A principal of Spring Security that knows who it is in the log. */
  interface Known {
    /** Who it is. */
    AuditActor actor();
  }

  /** As it stands in the log, e.g. {@code account:12}. */
  String text();

  /** Who makes the running request; a visitor if nobody is signed in, {@code program:background} outside of any. */
  static AuditActor current() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null) {
      return org.springframework.web.context.request.RequestContextHolder.getRequestAttributes() == null
          ? new Program("background")
          : new Visitor();
    }
    return authentication.getPrincipal() instanceof Known known ? known.actor() : new Visitor();
  }
}
