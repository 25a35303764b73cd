package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.Office;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.procedure.RealTown;
import de.citycloud.platform.procedure.Walk;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/**
 * The wall around real cases: one that is open and one that is decided, of one office of one town, over every live route
 * of cases, desk and payments. A new route of these whose variable has no value here fails.
 */
class CaseWallTest extends CityTest {
  private static final String SECRET = "Geheimvogt";
  private static @Nullable Scene scene;

  @Autowired
  private ApplicationContext program;
  @Autowired
  private WebApplicationContext web;
  @Autowired
  private Accounts accounts;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @SuppressWarnings("NullAway.Init")
  private RealTown a;
  @SuppressWarnings("NullAway.Init")
  private Town b;
  @SuppressWarnings("NullAway.Init")
  private Case open;
  @SuppressWarnings("NullAway.Init")
  private Case decided;
  private int anna;

  /** Made once for all tests: none of them changes anything. */
  private record Scene(RealTown a, Town b, Case open, Case decided, int anna) {}

  /** A case and what hangs on it. @param values for the variables of routes, by the word before them */
  private record Case(Walk.Receipt receipt, Map<String, String> values, List<String> verifyCodes) {}

  /** @param knows true for those who may see the cases */
  private record Caller(String name, PageVisitor visitor, boolean knows) implements AutoCloseable {
    @Override
    public void close() {
      visitor.close();
    }
  }

  @BeforeEach
  void twoCasesOfTownA() throws Exception {
    var known = scene;
    if (known != null) {
      a = known.a;
      b = known.b;
      open = known.open;
      decided = known.decided;
      anna = known.anna;
      return;
    }
    JdbcClient.create(owner).sql("delete from sign_in_attempt").update();
    a = RealTown.ensure(program, port, "casewall-a", "bewohnerparkausweis");
    b = new Town(RealTown.ensure(program, port, "casewall-b", "bewohnerparkausweis").municipality(), accounts, port);
    b.person("chef", Role.values());
    b.person("bürger", Role.CITIZEN);
    var office = a.procedure().office().key();
    CurrentMunicipality.run(b.municipality(), () -> {
      var offices = program.getBean(Offices.class); // an office of the same key there
      offices.ensure(new Office(office, office, "", "", "", ""));
      offices.join(office, accountOf("chef"));
    });
    anna = a.account("anna", Role.CASEWORKER, office);
    a.account("berta", Role.OFFICE_LEAD, office);
    a.account("fritz", Role.OFFICE_LEAD, "anderes-amt");
    a.account("besitzerin", Role.CITIZEN);
    a.account("nachbarin", Role.CITIZEN);
    open = caseOf(false);
    decided = caseOf(true);
    scene = new Scene(a, b, open, decided, anna);
  }

  private int accountOf(String name) {
    return jdbc.sql("select id from account where name = ?").param(name).query(Integer.class).single();
  }

  private Case caseOf(boolean decide) throws Exception {
    var answers = new HashMap<>(a.answers());
    answers.putAll(Map.of("givenName", SECRET, "familyName", SECRET, "street", SECRET, "email",
        "geheimvogt@post.example"));
    var receipt = a.submit(answers, CurrentMunicipality.call(a.municipality(), () -> accountOf("besitzerin")), true);
    try (var citizen = new PageVisitor(port); var staff = a.signedIn("anna"); var lead = a.signedIn("berta")) {
      var page = Walk.open(citizen, a.slug(), receipt);
      citizen.get(page);
      assertThat(citizen.post(page + "/messages", Map.of("text", SECRET + " fragt")).statusCode()).isEqualTo(302);
      citizen.post(page + "/pay", Map.of());
      var desk = "/" + a.slug() + "/desk/" + receipt.reference();
      staff.get(desk);
      assertThat(staff.post(desk + "/notes", Map.of("text", SECRET + " angerufen")).statusCode()).isEqualTo(302);
      for (int steps = 0; decide && steps < 10; steps++) {
        for (var who : List.of(staff, lead)) {
          for (var task : Walk.tasks(who, a.slug(), receipt.reference())) {
            Walk.work(who, task, "grant");
          }
        }
      }
    }
    var values = new HashMap<String, String>(Map.of("desk", receipt.reference(), "cases", receipt.reference(),
        "payments", one("select id::text from payment where reference = ?", receipt), "test-payment",
        one("select provider_reference from payment where reference = ?", receipt), "archive", "1"));
    values.put("documents", one("select max(d.id)::text from case_document d join case_file f on f.id = d.case_id "
        + "and f.municipality_id = d.municipality_id where f.reference = ?", receipt));
    values.put("tasks", one("select max(t.id)::text from case_task t join case_file f on f.id = t.case_id "
        + "and f.municipality_id = t.municipality_id where f.reference = ?", receipt));
    values.put("decisions", one("select coalesce(max(t.id), 1)::text from case_file f left join case_decision t on "
        + "f.id = t.case_id and f.municipality_id = t.municipality_id where f.reference = ?", receipt));
    return new Case(receipt, values, JdbcClient.create(owner)
        .sql("""
             select d.code from case_document d join case_file f on f.id = d.case_id
               and f.municipality_id = d.municipality_id where f.reference = ? and d.code is not null
             """).param(receipt.reference()).query(String.class).list());
  }

  private String one(String sql, Walk.Receipt receipt) {
    return JdbcClient.create(owner).sql(sql).param(receipt.reference()).query(String.class).single();
  }

  /** Routes that lead to a case, or list cases or money. */
  private List<LiveRoute> routes() {
    return LiveRoute.of(program).stream()
        .filter(route -> route.pattern().matches("/\\{municipality[^/]*}/(desk|cases|test-payment)(/.*)?"))
        .distinct().sorted(Comparator.comparing(LiveRoute::toString)).toList();
  }

  private static boolean isAboutDecisions(LiveRoute route) {
    return route.pattern().matches(".*/(documents|decisions|objection)(/.*)?");
  }

  private static boolean isOfACase(LiveRoute route) {
    return route.pattern().contains("{reference}") || route.pattern().contains("{payment}");
  }

  private static String path(LiveRoute route, String slug, Case one) {
    var words = route.pattern().replaceAll("\\{municipality[^}]*}", slug).split("/");
    for (int i = 1; i < words.length; i++) {
      if (words[i].startsWith("{")) {
        var value = words[i - 1].equals("new") ? "bewohnerparkausweis" : one.values.get(words[i - 1]);
        assertThat(value).as("a value for the variable after \"%s\" in %s", words[i - 1], route.pattern()).isNotNull();
        words[i] = value;
      }
    }
    return String.join("/", words);
  }

  @Test
  void nobodyElseComesToACaseOverAnyRouteAndNothingInItChanges() throws Exception {
    var troubles = new TreeSet<String>();
    var seen = new TreeSet<String>();
    int calls = 0;
    var before = whatThereIs();
    try (var owner = new Caller("owner", a.signedIn("besitzerin"), true);
        var staff = new Caller("staff in charge", a.signedIn("anna"), true);
        var otherOffice = new Caller("another office", a.signedIn("fritz"), false);
        var neighbour = new Caller("another citizen", a.signedIn("nachbarin"), false);
        var stranger = new Caller("a stranger", new PageVisitor(port), false);
        var otherTown = new Caller("staff of another town", b.signedIn("chef"), false);
        var otherCitizen = new Caller("a citizen of another town", b.signedIn("bürger"), false)) {
      Walk.statePurpose(otherTown.visitor, b.municipality().slug());
      for (var route : routes()) {
        for (var one : isAboutDecisions(route) ? List.of(decided) : List.of(open)) {
          for (var slug : List.of(a.slug(), b.municipality().slug())) {
            var path = path(route, slug, one);
            for (var caller : slug.equals(a.slug())
                ? List.of(otherOffice, neighbour, stranger, otherTown)
                : List.of(otherTown, otherCitizen, otherOffice)) {
              calls++;
              var answer = call(caller.visitor, route.method(), path);
              var what = "%s: %d at %s %s".formatted(caller.name, answer.statusCode(), route.method(), path);
              if (says(answer)) {
                troubles.add("says it: " + what);
              }
              boolean away = answer.statusCode() == 302 && leadsAway(Walk.location(answer), slug);
              if (isOfACase(route) && !away && answer.statusCode() != 404 && answer.statusCode() != 403) {
                troubles.add("comes in: " + what);
              }
              if (answer.statusCode() >= 500) {
                troubles.add("breaks: " + what);
              }
            }
          }
          for (var caller : "GET".equals(route.method()) ? List.of(owner, staff) : List.<Caller>of()) {
            if (says(call(caller.visitor, "GET", path(route, a.slug(), one)))) {
              seen.add(caller.name + " " + route.pattern());
            }
          }
        }
      }
    }
    assertThat(troubles).as("in %d calls of %d routes", calls, routes().size()).isEmpty();
    assertThat(seen).as("pages on which it really stands, for those who may").contains(
        "owner /{municipality}/cases/{reference}",
        "staff in charge /{municipality}/desk/{reference}");
    assertThat(whatThereIs()).isEqualTo(before);
  }

  /** To the sign-in, the statement of a purpose or the search by reference and code: places that show no case. */
  private static boolean leadsAway(String location, String slug) {
    return location.matches("/[a-z0-9-]+/(sign-in|purpose)(\\?.*)?") || location.equals("/" + slug + "/cases");
  }

  private static boolean says(HttpResponse<String> answer) {
    return (answer.body() + answer.headers().map()).toLowerCase(java.util.Locale.ROOT)
        .contains(SECRET.toLowerCase(java.util.Locale.ROOT));
  }

  private static HttpResponse<String> call(PageVisitor visitor, @Nullable String method, String path) throws Exception {
    return "POST".equals(method)
        ? visitor.post(path, Map.of("text", "x", "answer", "x", "version", "0", "outcome", "grant", "how", "returned",
            "account", "me", "grounds", "x", "until", LocalDate.now().toString()))
        : visitor.get(path);
  }

  /** What a call could change, but for who read. */
  private List<String> whatThereIs() {
    var rows = new ArrayList<String>();
    for (var table : List.of("case_file", "case_task", "case_document", "case_message", "case_note", "case_decision",
        "payment")) {
      // Whoever is in charge and opens a case has seen it; the owner of an open payment has it asked about.
      rows.addAll(JdbcClient.create(owner)
          .sql("select (to_jsonb(r) - 'unread' - 'asked_at')::text from %s r where municipality_id = ? order by 1"
              .formatted(table))
          .param(a.municipality().id()).query(String.class).list());
    }
    return rows;
  }

  @Test
  void aCodeOpensItsOwnCaseAloneAndADocumentIsGenuineOnlyWhereItWasIssued() throws Exception {
    try (var visitor = new PageVisitor(port)) {
      Walk.open(visitor, a.slug(), open.receipt());
      var other = "/" + a.slug() + "/cases/" + decided.receipt().reference();
      assertThat(visitor.get(other).statusCode()).isEqualTo(302);
      assertThat(visitor.get(other + "/documents/" + decided.values.get("documents")).statusCode()).isEqualTo(404);
      var mine = "/" + a.slug() + "/cases/" + open.receipt().reference();
      assertThat(visitor.get(mine).statusCode()).isEqualTo(200);
      assertThat(visitor.get(mine + "/documents/" + decided.values.get("documents")).statusCode())
          .as("a document of another case").isEqualTo(404);
      var slug = b.municipality().slug();
      visitor.get("/" + slug + "/cases");
      for (var one : List.of(new Walk.Receipt(decided.receipt().reference(), open.receipt().code()), open.receipt())) {
        assertThat(visitor.post("/" + (one == open.receipt() ? slug : a.slug()) + "/cases",
            Map.of("reference", one.reference(), "code", one.code())).statusCode()).isEqualTo(422);
      }
      assertThat(decided.verifyCodes).isNotEmpty();
      for (var code : decided.verifyCodes) {
        visitor.get("/" + slug + "/verify");
        var elsewhere = visitor.post("/" + slug + "/verify", Map.of("code", code));
        assertThat(elsewhere.body()).contains("kennen wir kein");
        var here = visitor.post("/" + a.slug() + "/verify", Map.of("code", code));
        assertThat(here.body()).contains("Bewohnerparkausweis").doesNotContain(decided.receipt().reference());
        assertThat(says(here)).isFalse();
      }
    }
  }

  /** No filter, no audience, no municipality from the path, somebody in charge: what is left is PostgreSQL. */
  @Test
  void rowLevelSecurityAloneGivesNothingOfACase() throws Exception {
    var unguarded = MockMvcBuilders.webAppContextSetup(web).build();
    var chef = new SignedIn(b.municipality().id(), anna, "anna", Set.of(Role.values()), Instant.now(), 1,
        Assurance.HOCH, null, false);
    int answered = 0;
    for (var route : routes()) {
      for (var one : "GET".equals(route.method())
          ? List.of(isAboutDecisions(route) ? decided : open)
          : List.<Case>of()) {
        var path = path(route, a.slug(), one);
        var body = CurrentMunicipality.call(b.municipality(), () -> unguarded(unguarded, path, chef));
        answered += body.isEmpty() ? 0 : 1;
        assertThat(body).as(path).doesNotContainIgnoringCase(SECRET);
      }
    }
    assertThat(answered).as("answers with a body").isPositive();
    var tables = JdbcClient.create(owner)
        .sql("""
             select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             join pg_attribute t on t.attrelid = c.oid and t.attname = 'municipality_id'
             where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
               and (c.relname like 'case%' or c.relname like '%payment' or c.relname like 'application_draft%'
                 or c.relname = 'outgoing_message')
             """).query(String.class).list();
    int filled = 0;
    for (var table : tables) {
      filled += rows(JdbcClient.create(owner), table, a.municipality()) > 0 ? 1 : 0;
      long theirs = CurrentMunicipality.call(b.municipality(), () -> rows(jdbc, table, a.municipality()));
      assertThat(theirs).as(table).isZero();
    }
    assertThat(filled).as("tables that hold something of the cases, of %s", tables).isGreaterThanOrEqualTo(8);
  }

  private static long rows(JdbcClient by, String table, Municipality town) {
    return by.sql("select count(*) from %s where municipality_id = ?".formatted(table)).param(town.id())
        .query(Long.class).single();
  }

  private static String unguarded(org.springframework.test.web.servlet.MockMvc door, String path, SignedIn who)
      throws Exception {
    SecurityContextHolder.getContext()
        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(who, null, who.authorities()));
    try {
      return door.perform(MockMvcRequestBuilders.get(URI.create(path))).andReturn().getResponse()
          .getContentAsString(StandardCharsets.UTF_8);
    } catch (jakarta.servlet.ServletException e) {
      return ""; // a page that cannot be drawn without its filters shows nothing either
    } finally {
      SecurityContextHolder.clearContext();
    }
  }
}
