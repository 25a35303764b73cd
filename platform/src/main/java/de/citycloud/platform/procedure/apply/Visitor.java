package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.identity.Assurance;
import de.citycloud.platform.identity.SignedIn;
import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.ResolvedProcedure;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who reads the page: somebody with an account of this municipality, or anybody. */
final class Visitor {
  private Visitor() {}

  private static Optional<SignedIn> signedIn() {
    var somebody = SecurityContextHolder.getContext().getAuthentication();
    return somebody != null && somebody.getPrincipal() instanceof SignedIn known
        && known.municipalityId() == CurrentMunicipality.get().id() ? Optional.of(known) : Optional.empty();
  }

  /** Number of the account; null without one. */
  static @Nullable Integer account() {
    return signedIn().map(SignedIn::accountId).orElse(null);
  }

  /** True if the reader is known as surely as the procedure wants. */
  static boolean isSureEnough(ResolvedProcedure procedure) {
    var wanted = Assurance.valueOf(procedure.pack().manifest().assurance().toUpperCase(Locale.ROOT));
    return wanted == Assurance.NONE || wanted == Assurance.BASIS && signedIn().isPresent() // a password is basis
        || signedIn().filter(known -> known.assurance().compareTo(wanted) >= 0).isPresent();
  }

  /** What the account knows, by field; shown in the form, kept only once its owner continues. */
  static Map<String, Object> known() {
    return signedIn().map(SignedIn::name).filter(MailAddress::isValid).filter(name -> name.contains("."))
        .<Map<String, Object>>map(name -> Map.of("email", name)).orElse(Map.of());
  }
}
