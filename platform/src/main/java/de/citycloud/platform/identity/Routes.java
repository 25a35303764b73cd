package de.citycloud.platform.identity;

import static de.citycloud.platform.identity.Audience.OPERATOR;
import static de.citycloud.platform.identity.Audience.PUBLIC;
import static de.citycloud.platform.identity.Audience.SIGNED_IN;
import static de.citycloud.platform.identity.Audience.key;
import static de.citycloud.platform.identity.Audience.needs;
import static de.citycloud.platform.identity.Audience.needsEither;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * For whom is which route: the one list to read in a review. What is not on it does not exist for anybody, and the
 * program does not start with a route that is not on it.
 *
 * <p>A new page or door is one line here, with the pattern exactly as in its mapping.
 */
final class Routes {
  /** Every route of the pages and doors. HEAD and OPTIONS are as GET. */
  static final List<Route> ALL = List.of(
      // Files and descriptions of the program itself
      get("/", PUBLIC), any("/error", PUBLIC), get("/ui/**", PUBLIC), get("/vendor/**", PUBLIC),
      get("/favicon.ico", PUBLIC), get("/robots.txt", PUBLIC), get("/errors/{slug}", PUBLIC),
      get("/v3/api-docs", PUBLIC), get("/v3/api-docs.yaml", PUBLIC), get("/v3/api-docs/swagger-config", PUBLIC),
      get("/v3/api-docs/openapi-3.0", PUBLIC), get("/swagger-ui", PUBLIC), get("/swagger-ui/**", PUBLIC),
      get("/swagger-ui.html", PUBLIC),
      get("/webjars/**", PUBLIC),
      get("/actuator/health", PUBLIC), get("/actuator/health/readiness", PUBLIC),
      get("/actuator/health/liveness", PUBLIC),

      // portal
      get("/{municipality:[a-z0-9-]+}", PUBLIC), get("/{municipality:[a-z0-9-]+}/data", PUBLIC),
      get("/{municipality:[a-z0-9-]+}/search", PUBLIC), get("/{municipality:[a-z0-9-]+}/licences", PUBLIC),
      get("/{municipality:[a-z0-9-]+}/{page:contact|imprint|privacy|accessibility|plain}", PUBLIC),
      get("/{municipality}/map", PUBLIC), get("/{municipality}/map/basemap.geojson", PUBLIC),
      get("/{municipality}/map/houses.geojson", PUBLIC),

      // hub
      get("/{municipality}/map/{layer}.geojson", PUBLIC), get("/{municipality}/live", PUBLIC),
      get("/{municipality}/things/{id}", PUBLIC), get("/{municipality}/datastreams/{id}.csv", PUBLIC),
      get("/{municipality}/datastreams/{id}.json", PUBLIC),
      get("/{municipality}/sources", needs(Permission.READ_SOURCES)),
      get("/{municipality}/sources/{key}", needs(Permission.READ_SOURCES)),
      post("/{municipality}/sources/{key}/run", needs(Permission.MANAGE_SOURCES)),
      post("/{municipality}/sources/{key}/replay", needs(Permission.MANAGE_SOURCES)),

      // hub: doors for machines; reading is open, writing needs a key
      get("/{municipality}/sta/v1.1", PUBLIC), get("/{municipality}/sta/v1.1/**", PUBLIC),
      post("/{municipality}/sta/v1.1", key(Scope.WRITE)), post("/{municipality}/sta/v1.1/**", key(Scope.WRITE)),
      patch("/{municipality}/sta/v1.1/**", key(Scope.WRITE)), put("/{municipality}/sta/v1.1/**", key(Scope.WRITE)),
      delete("/{municipality}/sta/v1.1/**", key(Scope.WRITE)),
      get("/v1.1", PUBLIC), get("/v1.1/**", PUBLIC), post("/v1.1", key(Scope.WRITE)),
      post("/v1.1/**", key(Scope.WRITE)), patch("/v1.1/**", key(Scope.WRITE)), put("/v1.1/**", key(Scope.WRITE)),
      delete("/v1.1/**", key(Scope.WRITE)),
      post("/{municipality}/in/{source}", key(Scope.WRITE)),

      // audit
      get("/{municipality}/audit", needs(Permission.READ_AUDIT)),
      get("/{municipality}/audit/export.jsonl", needs(Permission.READ_AUDIT)),

      // message
      get("/{municipality}/messages", needs(Permission.MANAGE_MESSAGES)),
      get("/{municipality}/messages/{id}", needs(Permission.MANAGE_MESSAGES)),
      get("/{municipality}/messages/{id}/letter.pdf", needs(Permission.MANAGE_MESSAGES)),
      post("/{municipality}/messages/{id}/retry", needs(Permission.MANAGE_MESSAGES)),
      post("/{municipality}/messages/{id}/bounced", needs(Permission.MANAGE_MESSAGES)),
      post("/{municipality}/messages/{id}/printed", needs(Permission.MANAGE_MESSAGES)),

      // barrier
      get("/{municipality}/barrier", PUBLIC), post("/{municipality}/barrier", PUBLIC),
      get("/{municipality}/barrier/plain", PUBLIC), post("/{municipality}/barrier/plain", PUBLIC),
      get("/{municipality}/barrier/thanks", PUBLIC),
      get("/{municipality}/barrier-reports", needs(Permission.MANAGE_MESSAGES)),
      get("/{municipality}/barrier-reports/{id}", needs(Permission.MANAGE_MESSAGES)),
      post("/{municipality}/barrier-reports/{id}", needs(Permission.MANAGE_MESSAGES)),
      post("/{municipality}/barrier-reports/{id}/erase", needs(Permission.MANAGE_MESSAGES)),

      // privacy
      get("/{municipality}/privacy/notices", PUBLIC),
      get("/{municipality}/data-protection/register", needs(Permission.READ_REGISTER)),
      get("/{municipality}/data-protection/register.pdf", needs(Permission.READ_REGISTER)),
      get("/{municipality}/data-protection/register.csv", needs(Permission.READ_REGISTER)),
      get("/{municipality}/data-protection/retention", needs(Permission.RUN_RETENTION)),
      post("/{municipality}/data-protection/retention/run", needs(Permission.RUN_RETENTION)),
      post("/{municipality}/data-protection/retention/holds", needs(Permission.RUN_RETENTION)),
      post("/{municipality}/data-protection/retention/holds/{id}/lift", needs(Permission.RUN_RETENTION)),
      get("/{municipality}/data-protection/requests", needs(Permission.HANDLE_RIGHTS)),
      get("/{municipality}/data-protection/requests/{id}",
          needs(Permission.HANDLE_RIGHTS, Purpose.RIGHTS_REQUEST)),
      post("/{municipality}/data-protection/requests/{id}", needs(Permission.HANDLE_RIGHTS)),
      get("/{municipality}/account/data", SIGNED_IN), get("/{municipality}/account/data.json", SIGNED_IN),
      get("/{municipality}/account/data.pdf", SIGNED_IN), get("/{municipality}/account/data/request", SIGNED_IN),
      post("/{municipality}/account/data/request", SIGNED_IN), get("/{municipality}/account/data/erasure", SIGNED_IN),
      post("/{municipality}/account/data/erasure", SIGNED_IN),
      get("/{municipality}/releases", needs(Permission.RELEASE_OPEN_DATA)),
      get("/{municipality}/releases/{key}", needs(Permission.RELEASE_OPEN_DATA)),
      post("/{municipality}/releases/{key}", needs(Permission.RELEASE_OPEN_DATA)),
      get("/{municipality}/data/statistics", PUBLIC), get("/{municipality}/data/statistics/{key}.csv", PUBLIC),

      // procedure: exchange and adoption
      get("/{municipality}/procedures/index.json", PUBLIC),
      get("/{municipality}/procedures/packages/{digest}.zip", PUBLIC),
      get("/{municipality}/procedures/packages/{digest}.sig", PUBLIC),
      post("/{municipality}/procedures/feedback", PUBLIC),
      get("/{municipality}/procedures/adopted", needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/catalogue", needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/catalogue/{digest}", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/catalogue/{digest}", needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/origins", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/origins", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/origins/{id}/check", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/origins/{id}/revoke", needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/publishing", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/publishing", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/publishing/{digest}/withdraw", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/publishing/key", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/publishing/adopters", needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/adopted/{key}", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/adopted/{key}/stop", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/adopted/{key}/feedback", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/adopted/{key}/activations/{id}/cancel", needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/adopted/{key}/parameters/{parameter}", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/adopted/{key}/parameters/{parameter}", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/adopted/{key}/parameters/{parameter}/remove",
          needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/adopted/{key}/texts", needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/adopted/{key}/texts/{name}", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/adopted/{key}/texts/{name}", needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/adopted/{key}/office", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/adopted/{key}/office", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/adopted/{key}/versions", needs(Permission.MANAGE_PROCEDURES)),
      get("/{municipality}/procedures/adopted/{key}/versions/{digest}", needs(Permission.MANAGE_PROCEDURES)),
      post("/{municipality}/procedures/adopted/{key}/versions/{digest}", needs(Permission.MANAGE_PROCEDURES)),
      // (end of exchange and adoption)

      // procedure: citizens
      get("/{municipality}/services", PUBLIC), get("/{municipality}/services/{key}", PUBLIC),
      get("/{municipality}/services/{key}/plain", PUBLIC),
      get("/{municipality}/services/{key}/apply", PUBLIC), post("/{municipality}/services/{key}/apply", PUBLIC),
      get("/{municipality}/services/{key}/apply/{draft}", PUBLIC),
      get("/{municipality}/services/{key}/apply/{draft}/{step}", PUBLIC),
      post("/{municipality}/services/{key}/apply/{draft}/{step}", PUBLIC),
      get("/{municipality}/services/{key}/check/{draft}", PUBLIC),
      post("/{municipality}/services/{key}/check/{draft}", PUBLIC),
      get("/{municipality}/services/{key}/sent/{draft}", PUBLIC),
      get("/{municipality}/services/{key}/saved/{draft}", PUBLIC),
      post("/{municipality}/services/{key}/saved/{draft}", PUBLIC),
      post("/{municipality}/services/{key}/saved/{draft}/discard", PUBLIC),
      get("/{municipality}/services/{key}/return/{draft}/{secret}", PUBLIC),
      post("/{municipality}/services/{key}/return/{draft}/{secret}", PUBLIC),
      get("/{municipality}/cases", PUBLIC), post("/{municipality}/cases", PUBLIC),
      get("/{municipality}/cases/{reference}", PUBLIC), post("/{municipality}/cases/{reference}/leave", PUBLIC),
      get("/{municipality}/cases/{reference}/documents/{id}", PUBLIC),
      get("/{municipality}/cases/{reference}/application.pdf", PUBLIC),
      post("/{municipality}/cases/{reference}/pay", PUBLIC), get("/{municipality}/cases/{reference}/payment", PUBLIC),
      post("/{municipality}/cases/{reference}/invoice", PUBLIC),
      post("/{municipality}/cases/{reference}/messages", PUBLIC),
      post("/{municipality}/cases/{reference}/answer", PUBLIC),
      get("/{municipality}/cases/{reference}/withdrawal", PUBLIC),
      post("/{municipality}/cases/{reference}/withdrawal", PUBLIC),
      get("/{municipality}/cases/{reference}/objection", PUBLIC),
      post("/{municipality}/cases/{reference}/objection", PUBLIC),
      get("/{municipality}/cases/{reference}/objection/withdrawal", PUBLIC),
      post("/{municipality}/cases/{reference}/objection/withdrawal", PUBLIC),
      get("/{municipality}/verify", PUBLIC), post("/{municipality}/verify", PUBLIC),
      get("/{municipality}/test-payment/{id}", PUBLIC), post("/{municipality}/test-payment/{id}", PUBLIC),
      post("/{municipality}/payments/{provider}/notification", PUBLIC),
      // (end of citizens)

      // procedure: staff
      get("/{municipality}/desk", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/new", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/new/{key}", needs(Permission.WORK_CASES)),
      post("/{municipality}/desk/new/{key}", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/substitutes", needs(Permission.WORK_CASES)),
      post("/{municipality}/desk/substitutes", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/statistics", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/statistics.csv", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/payments", needs(Permission.WORK_CASES)),
      post("/{municipality}/desk/payments/{payment}", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/offices", needsEither(Permission.LEAD_OFFICE, Permission.MANAGE_ACCOUNTS)),
      post("/{municipality}/desk/offices", needsEither(Permission.LEAD_OFFICE, Permission.MANAGE_ACCOUNTS)),
      get("/{municipality}/desk/archive", needs(Permission.LEAD_OFFICE)),
      post("/{municipality}/desk/archive", needs(Permission.LEAD_OFFICE)),
      get("/{municipality}/desk/archive/{offer}/package.zip", needs(Permission.LEAD_OFFICE, Purpose.CASE_WORK)),
      post("/{municipality}/desk/archive/{offer}", needs(Permission.LEAD_OFFICE)),
      get("/{municipality}/desk/objections", needsEither(Permission.LEAD_OFFICE, Permission.MANAGE_SETTINGS)),
      post("/{municipality}/desk/objections", needsEither(Permission.LEAD_OFFICE, Permission.MANAGE_SETTINGS)),
      get("/{municipality}/desk/{reference}", needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      get("/{municipality}/desk/{reference}/documents/{document}", needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/assignment", needs(Permission.WORK_CASES)),
      post("/{municipality}/desk/{reference}/notes", needs(Permission.WORK_CASES)),
      post("/{municipality}/desk/{reference}/resume", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/request", needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/request", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/message", needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/message", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/files", needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/files", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/hand-over", needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/hand-over", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/objection", needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/objection", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/objection/received", needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/objection/received", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/documents/{document}/letter",
          needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/documents/{document}/letter", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/tasks/{task}", needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/tasks/{task}", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/decisions/{decision}/correction",
          needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/decisions/{decision}/correction", needs(Permission.WORK_CASES)),
      get("/{municipality}/desk/{reference}/decisions/{decision}/withdrawal",
          needs(Permission.WORK_CASES, Purpose.CASE_WORK)),
      post("/{municipality}/desk/{reference}/decisions/{decision}/withdrawal", needs(Permission.WORK_CASES)),
      // (end of staff)

      // cityevents
      get("/{municipality}/events", PUBLIC), get("/{municipality}/events.ics", PUBLIC),
      get("/{municipality}/events.json", PUBLIC),
      // (end of cityevents)

      // identity
      get("/{municipality}/sign-in", PUBLIC), post("/{municipality}/sign-in", PUBLIC),
      post("/{municipality}/sign-out", PUBLIC), get("/{municipality}/set-up", PUBLIC),
      post("/{municipality}/set-up", PUBLIC),
      post("/{municipality}/sign-in/code", PUBLIC), post("/{municipality}/sign-in/passkey", PUBLIC),
      get("/{municipality}/sign-in/provider", PUBLIC), get("/{municipality}/sign-in/provider/callback", PUBLIC),
      get("/{municipality}/invitation", PUBLIC), post("/{municipality}/invitation", PUBLIC),
      get("/{municipality}/account", SIGNED_IN), get("/{municipality}/account/password", SIGNED_IN),
      post("/{municipality}/account/password", SIGNED_IN),
      post("/{municipality}/account/sessions/{id}/end", SIGNED_IN),
      post("/{municipality}/account/sessions/end-others", SIGNED_IN),
      get("/{municipality}/account/codes", SIGNED_IN), post("/{municipality}/account/codes", SIGNED_IN),
      post("/{municipality}/account/codes/remove", SIGNED_IN),
      get("/{municipality}/account/passkey", SIGNED_IN), post("/{municipality}/account/passkey", SIGNED_IN),
      post("/{municipality}/account/passkeys/{id}/remove", SIGNED_IN),
      post("/{municipality}/account/recovery-codes", SIGNED_IN),
      get("/{municipality}/purpose", needs(Permission.READ_PERSON_DATA)),
      post("/{municipality}/purpose", needs(Permission.READ_PERSON_DATA)),
      get("/{municipality}/people", needs(Permission.MANAGE_ACCOUNTS)),
      get("/{municipality}/people/invite", needs(Permission.MANAGE_ACCOUNTS)),
      post("/{municipality}/people/invite", needs(Permission.MANAGE_ACCOUNTS)),
      get("/{municipality}/people/{id}", needs(Permission.MANAGE_ACCOUNTS)),
      post("/{municipality}/people/{id}/roles", needs(Permission.MANAGE_ACCOUNTS)),
      post("/{municipality}/people/{id}/link", needs(Permission.MANAGE_ACCOUNTS)),
      post("/{municipality}/people/{id}/end-sessions", needs(Permission.MANAGE_ACCOUNTS)),
      post("/{municipality}/people/{id}/second-factor/remove", needs(Permission.MANAGE_ACCOUNTS)),
      post("/{municipality}/people/{id}/disable", needs(Permission.MANAGE_ACCOUNTS)),
      post("/{municipality}/people/{id}/enable", needs(Permission.MANAGE_ACCOUNTS)),
      get("/{municipality}/keys", needs(Permission.MANAGE_KEYS)),
      post("/{municipality}/keys", needs(Permission.MANAGE_KEYS)),
      post("/{municipality}/keys/{id}/revoke", needs(Permission.MANAGE_KEYS)));

  /** Routes of the management port, besides those above that answer there too. */
  static final List<Route> MANAGEMENT = List.of(get("/actuator", OPERATOR), get("/actuator/health", OPERATOR),
      get("/actuator/health/**", OPERATOR), get("/actuator/info", OPERATOR), get("/actuator/metrics", OPERATOR),
      get("/actuator/metrics/{requiredMetricName}", OPERATOR), get("/actuator/prometheus", OPERATOR),
      get("/actuator/sbom", OPERATOR), get("/actuator/sbom/{id}", OPERATOR),
      any("/error", OPERATOR));

  /** Below these machines call: no session, no form token, and errors in the form of the door. */
  static final List<String> DOORS = List.of("/*/sta/**", "/*/in/**", "/v1.1", "/v1.1/**",
      "/*/payments/*/notification", "/*/procedures/feedback");

  private static final List<Route> OF_EVERY_METHOD = ofMethod(null);
  /** The most specific pattern first. */
  private static final Map<String, List<Route>> BY_METHOD = ALL.stream().map(Route::method).filter(Objects::nonNull)
      .distinct().collect(Collectors.toUnmodifiableMap(Function.identity(), Routes::ofMethod));

  private Routes() {}

  private static List<Route> ofMethod(@Nullable String method) {
    return ALL.stream().filter(route -> route.method == null || route.method.equals(method))
        .sorted(Comparator.comparing(Route::pattern, PathPattern.SPECIFICITY_COMPARATOR)).toList();
  }

  /**
   * One route and for whom it is.
   *
   * @param method in capitals; null for all
   * @param pattern of the path, as in the mapping
   */
  record Route(@Nullable String method, PathPattern pattern, Audience audience) {
    /** A method needs a line with its very pattern. Files may share one: their patterns carry versions of libraries. */
    boolean isFor(LiveRoute live) {
      return (method == null || method.equals(live.method())) && (pattern.getPatternString().equals(live.pattern())
          || live.isFiles()
              && pattern.matches(PathContainer.parsePath(live.pattern().replace("**", "x/y").replace("*", "x"))));
    }
  }

  /** The audience of this call; empty if there is no such route. Of several patterns the most specific counts. */
  static Optional<Audience> audienceOf(HttpServletRequest request) {
    var asked = switch (request.getMethod()) {
      case "HEAD", "OPTIONS" -> "GET";
      default -> request.getMethod();
    };
    var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    return BY_METHOD.getOrDefault(asked, OF_EVERY_METHOD).stream().filter(route -> route.pattern.matches(path))
        .findFirst().map(Route::audience);
  }

  /** Live routes that nobody declared, each as a line to read. Those below {@code /**} are files. */
  static List<String> missing(Stream<LiveRoute> live, List<Route> declared) {
    return live.filter(route -> !route.pattern().equals("/**"))
        .filter(route -> declared.stream().noneMatch(known -> known.isFor(route)))
        .map(LiveRoute::toString).sorted().distinct().toList();
  }

  private static Route get(String pattern, Audience audience) {
    return route("GET", pattern, audience);
  }

  private static Route post(String pattern, Audience audience) {
    return route("POST", pattern, audience);
  }

  private static Route put(String pattern, Audience audience) {
    return route("PUT", pattern, audience);
  }

  private static Route patch(String pattern, Audience audience) {
    return route("PATCH", pattern, audience);
  }

  private static Route delete(String pattern, Audience audience) {
    return route("DELETE", pattern, audience);
  }

  private static Route any(String pattern, Audience audience) {
    return route(null, pattern, audience);
  }

  private static Route route(@Nullable String method, String pattern, Audience audience) {
    return new Route(method, PathPatternParser.defaultInstance.parse(pattern), audience);
  }
}
