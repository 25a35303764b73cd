package de.citycloud.platform.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** For whom a route is there. {@link Routes} gives every route one. */
sealed interface Audience {
  /** Everybody, also without an account. */
  Audience PUBLIC = new Public();
  /** Whoever is signed in here. */
  Audience SIGNED_IN = new Account();
  /** Whoever runs the program, on its management port. */
  Audience OPERATOR = new Operator();

  /** Whoever is signed in here and has the permission. */
  static Audience needs(Permission permission) {
    return new Needs(permission);
  }

  /** Whoever is signed in here and has one of the two permissions. */
  static Audience needsEither(Permission one, Permission other) {
    return new Either(needs(one), needs(other));
  }

  /** Whoever has the permission and has said for which of the purposes they read. */
  static Audience needs(Permission permission, Purpose purpose) {
    return new NeedsPurpose(permission, purpose);
  }

  /** Whoever is signed in and is known at least this surely; others are led to the identity provider. */
  static Audience assured(Assurance level) {
    return new Assured(level);
  }

  /** A program with a key. */
  static Audience key(Scope scope) {
    return new Key(scope);
  }

  /** True if {@code who} belongs to it in the municipality of the request; null for a visitor. */
  boolean admits(@Nullable Authentication who);

  /** See {@link #PUBLIC}. */
  record Public() implements Audience {
    @Override
    public boolean admits(@Nullable Authentication who) {
      return true;
    }
  }

  /** See {@link #SIGNED_IN}. */
  record Account() implements Audience {
    @Override
    public boolean admits(@Nullable Authentication who) {
      return who != null && who.getPrincipal() instanceof SignedIn;
    }
  }

  /** See {@link #needs(Permission)}. */
  record Needs(Permission permission) implements Audience {
    @Override
    public boolean admits(@Nullable Authentication who) {
      return SIGNED_IN.admits(who) && has(who, permission.authority());
    }
  }

  /** See {@link #needsEither}. */
  record Either(Audience one, Audience other) implements Audience {
    @Override
    public boolean admits(@Nullable Authentication who) {
      return one.admits(who) || other.admits(who);
    }
  }

  /** See {@link #needs(Permission, Purpose)}. */
  record NeedsPurpose(Permission permission, Purpose purpose) implements Audience {
    @Override
    public boolean admits(@Nullable Authentication who) {
      return needs(permission).admits(who) && has(who, purpose.authority());
    }
  }

  /** See {@link #assured}. */
  record Assured(Assurance level) implements Audience {
    @Override
    public boolean admits(@Nullable Authentication who) {
      return SIGNED_IN.admits(who) && has(who, level.authority());
    }
  }

  /** See {@link #key}. */
  record Key(Scope scope) implements Audience {
    @Override
    public boolean admits(@Nullable Authentication who) {
      return has(who, scope.authority());
    }
  }

  /** See {@link #OPERATOR}: the port answers on this computer alone; on the port of the pages it admits nobody. */
  record Operator() implements Audience {
    @Override
    public boolean admits(@Nullable Authentication who) {
      return false;
    }
  }

  private static boolean has(@Nullable Authentication who, String authority) {
    return who != null && who.isAuthenticated()
        && who.getAuthorities().stream().anyMatch(given -> authority.equals(given.getAuthority()));
  }
}
