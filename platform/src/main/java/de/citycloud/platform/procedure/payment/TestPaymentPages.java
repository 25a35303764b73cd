package de.citycloud.platform.procedure.payment;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.payment.PaymentProvider.State;
import de.citycloud.platform.procedure.rules.Shown;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The page of the test provider, which says on top that no money moves. */
@Controller
class TestPaymentPages {
  private final Municipalities municipalities;
  private final TestProvider provider;
  private final Payments payments;

  TestPaymentPages(Municipalities municipalities, TestProvider provider, Payments payments) {
    this.municipalities = municipalities;
    this.provider = provider;
    this.payments = payments;
  }

  @GetMapping("/{municipality}/test-payment/{id}")
  ModelAndView page(@PathVariable("municipality") String slug, @PathVariable("id") String id, Locale language,
      CsrfToken formToken) {
    formToken.getToken();
    var ordered = get(id);
    return new ModelAndView("procedure-apply/test-payment").addObject("town", municipalities.getBySlug(slug))
        .addObject("ordered", ordered).addObject("amount", Shown.money(ordered.amount(), language));
  }

  /** Does what was chosen. {@code silent} is paid at the provider, who then tells nobody. */
  @PostMapping("/{municipality}/test-payment/{id}")
  String choose(@PathVariable("municipality") String slug, @PathVariable("id") String id, @Nullable String how) {
    var ordered = get(id);
    int times = switch (how) {
      case "pay", "fail" -> 1;
      case "twice" -> 2;
      case "silent" -> 0;
      case null, default -> throw new CityProblem("payment-choice", HttpStatus.BAD_REQUEST,
          "The choice is none of pay, fail, twice and silent.\nMaybe press one of the buttons.");
    };
    provider.end(id, "fail".equals(how) ? State.FAILED : State.PAID);
    for (int i = 0; i < times; i++) {
      var body = TestProvider.body(get(id));
      payments.take(TestProvider.KEY, body, provider.sign(body));
    }
    return "redirect:" + (times == 0 ? "/" + slug : ordered.back());
  }

  private TestProvider.Ordered get(String id) {
    return provider.find(id).orElseThrow(() -> new CityProblem("payment-not-found", HttpStatus.NOT_FOUND,
        "There is no such payment here.\nMaybe begin it again from the case."));
  }
}
