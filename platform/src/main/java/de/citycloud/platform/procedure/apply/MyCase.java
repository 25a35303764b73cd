package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseReference;
import de.citycloud.platform.procedure.casefile.CaseStatus;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Opens a case for whoever may see it: its account, or a browser that gave its access code less than half an hour ago.
 * The code is checked at every call, so it opens nothing any more once it has ended.
 */
@Component
class MyCase {
  private final CitizenCases cases;
  private final PathCookies cookies;

  MyCase(CitizenCases cases, PathCookies cookies) {
    this.cases = cases;
    this.cookies = cookies;
  }

  /** The case; empty if there is none, or none for this reader. Keeps it open for another half hour. */
  Optional<CaseStatus> find(String slug, String typed, HttpServletRequest request, HttpServletResponse response) {
    var reference = CaseReference.parse(typed).filter(known -> known.text().equals(typed));
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    var account = Visitor.account();
    var own = account == null ? Optional.<CaseStatus>empty() : cases.ofAccount(reference.get(), account);
    if (own.isPresent()) {
      return own;
    }
    var code = cookies.codeOf(request);
    var byCode = code.flatMap(known -> cases.byCode(reference.get(), known, request.getRemoteAddr()));
    if (byCode.isPresent()) {
      cookies.keepCase(response, path(slug, reference.get()), code.orElseThrow());
    } else if (code.isPresent()) {
      cookies.forgetCase(response, path(slug, reference.get()));
    }
    return byCode;
  }

  /** @throws CityProblem {@code my-case-not-found} (404) */
  CaseStatus get(String slug, String typed, HttpServletRequest request, HttpServletResponse response) {
    return find(slug, typed, request, response).orElseThrow(() -> new CityProblem("my-case-not-found",
        HttpStatus.NOT_FOUND,
        """
        This case cannot be opened here, expected one that was opened with its reference and access code.
        Maybe half an hour has passed; open it again with both."""));
  }

  static String path(String slug, CaseReference reference) {
    return "/" + slug + "/cases/" + reference;
  }
}
