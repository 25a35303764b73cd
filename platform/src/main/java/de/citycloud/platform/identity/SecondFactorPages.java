package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Sets up what is asked for besides the password: an app with codes, passkeys, and recovery codes for the worst day. */
@Controller
@RequestMapping("/{municipality}/account")
class SecondFactorPages {
  private static final String CODES = "identity/account-codes";
  private static final String PASSKEY = "identity/account-passkey";
  private static final Duration VALID = Duration.ofMinutes(30);

  private final SecondFactors factors;
  private final Passkeys passkeys;
  private final PasskeyStore passkeyStore;
  private final SessionStore sessions;
  private final SecretBox box;

  SecondFactorPages(SecondFactors factors, Passkeys passkeys, PasskeyStore passkeyStore, SessionStore sessions,
      SecretBox box) {
    this.factors = factors;
    this.passkeys = passkeys;
    this.passkeyStore = passkeyStore;
    this.sessions = sessions;
    this.box = box;
  }

  /** What the form sends; the secret travels sealed until a code proves that the app has it. */
  record NewCodes(@Nullable String sealed, @Nullable String code) {}

  /** What the form sends. */
  record NewPasskey(@Nullable String label, @Nullable String ticket, @Nullable String credential) {}

  @GetMapping("/codes")
  ModelAndView codesForm(HttpServletResponse response) {
    var sealed = box.note(Base64.getEncoder().encodeToString(Totp.newSecret()), use(), VALID);
    return codesPage(sealed, response, HttpStatus.OK).addObject("newCodes", new NewCodes(sealed, ""));
  }

  @PostMapping("/codes")
  ModelAndView setUpCodes(@PathVariable String municipality, @ModelAttribute("newCodes") NewCodes form,
      BindingResult errors, HttpServletResponse response) {
    var sealed = Objects.requireNonNullElse(form.sealed, "");
    var secret = box.read(sealed, use()).map(Base64.getDecoder()::decode);
    if (secret.isEmpty()) {
      return new ModelAndView("redirect:/" + municipality + "/account/codes");
    }
    var code = Objects.requireNonNullElse(form.code, "");
    if (!code.replaceAll("\\s", "").matches("\\d{6}")) {
      errors.rejectValue("code", "account.code.missing");
    } else if (!factors.begin(AccountPages.me().accountId(), secret.get(), code)) {
      errors.rejectValue("code", "account.code.new.wrong");
    }
    if (errors.hasErrors()) {
      return codesPage(sealed, response, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return strengthened(Factor.CODE, response);
  }

  @PostMapping("/codes/remove")
  String removeCodes(@PathVariable String municipality) {
    factors.removeCodes(AccountPages.me().accountId());
    weakenIfNothingIsLeft();
    return "redirect:/" + municipality + "/account?done=codes-removed";
  }

  @GetMapping("/passkey")
  ModelAndView passkeyForm(HttpServletRequest request) {
    return passkeyPage(request, HttpStatus.OK).addObject("newPasskey", new NewPasskey("", "", ""));
  }

  @PostMapping("/passkey")
  ModelAndView addPasskey(@ModelAttribute("newPasskey") NewPasskey form, BindingResult errors,
      HttpServletRequest request, HttpServletResponse response) {
    var label = Objects.requireNonNullElse(form.label, "").strip();
    if (label.isEmpty() || label.length() > 60) {
      errors.rejectValue("label", "account.passkey.label.form");
    } else if (!passkeys.register(request, AccountPages.me(), Objects.requireNonNullElse(form.ticket, ""),
        Objects.requireNonNullElse(form.credential, ""), label)) {
      errors.reject("account.passkey.new.wrong");
    }
    if (errors.hasErrors()) {
      return passkeyPage(request, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return strengthened(Factor.PASSKEY, response);
  }

  @PostMapping("/passkeys/{id}/remove")
  String removePasskey(@PathVariable String municipality, @PathVariable int id) {
    int account = AccountPages.me().accountId();
    passkeyStore.remove(account, id);
    factors.forgetRecoveryCodesWithout(account);
    weakenIfNothingIsLeft();
    return "redirect:/" + municipality + "/account?done=passkey-removed";
  }

  @PostMapping("/recovery-codes")
  ModelAndView renewRecoveryCodes(@PathVariable String municipality, HttpServletResponse response) {
    return factors.of(AccountPages.me().accountId()).any()
        ? recoveryPage(response)
        : new ModelAndView("redirect:/" + municipality + "/account");
  }

  /** The first second factor brings recovery codes with it; all other sessions had none and end. */
  private ModelAndView strengthened(Factor factor, HttpServletResponse response) {
    var me = AccountPages.me();
    sessions.strengthen(me.sessionId(), factor);
    sessions.endAll(me.accountId(), me.sessionId());
    return factors.of(me.accountId()).recoveryCodes() == 0
        ? recoveryPage(response)
        : new ModelAndView("redirect:/" + CurrentMunicipality.get().slug() + "/account?done=factor");
  }

  private void weakenIfNothingIsLeft() {
    var me = AccountPages.me();
    if (!factors.of(me.accountId()).any()) {
      sessions.strengthen(me.sessionId(), Factor.PASSWORD);
    }
  }

  private ModelAndView recoveryPage(HttpServletResponse response) {
    AccountPages.keepNothing(response);
    List<String> codes = factors.renewRecoveryCodes(AccountPages.me().accountId());
    return new ModelAndView("identity/account-recovery", Map.of("codes", codes));
  }

  private ModelAndView passkeyPage(HttpServletRequest request, HttpStatus status) {
    return new ModelAndView(PASSKEY, status).addObject("ask", passkeys.creation(request, AccountPages.me()));
  }

  private ModelAndView codesPage(String sealed, HttpServletResponse response, HttpStatus status) {
    AccountPages.keepNothing(response);
    var secret = Totp.base32(box.read(sealed, use()).map(Base64.getDecoder()::decode).orElseThrow());
    var town = CurrentMunicipality.get().name();
    var address = "otpauth://totp/%s:%s?secret=%s&issuer=%s".formatted(encoded(town), encoded(AccountPages.me().name()),
        secret, encoded(town));
    return new ModelAndView(CODES, Map.of("secret", secret.replaceAll("(.{4})(?!$)", "$1 "), "address", address, "code",
        QrCode.of(address)), status);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String use() {
    return "new codes " + CurrentMunicipality.get().id() + " " + AccountPages.me().accountId();
  }
}
