package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.page.SomePlaces;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import jakarta.servlet.Filter;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/**
 * The wall between municipalities, over every live route and every live table (F8). {@link WallSamples} knows a value
 * for every variable of a path; a new route whose variable it does not know fails here.
 */
class WallTest extends CityTest {
  /** Stands in public data of the other town: nobody may see it under an address of this one. */
  private static final String OPEN = "Sternwarte-Drüben";
  /** Stands in what only some of the other town may see. */
  private static final String SECRET = "geheim-drueben";
  private static int counter;

  @Autowired
  private ApplicationContext program;
  @Autowired
  private WebApplicationContext web;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Accounts accounts;
  @Autowired
  private ApiKeys keys;
  @Autowired
  private Observations observations;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  private Town here;
  private Town there;
  private WallSamples samples = new WallSamples("", Map.of());
  private int theirDatastream;
  private int ourDatastream;
  private String theirKey = "";

  @Autowired
  WallTest(Municipalities municipalities, Accounts accounts) {
    here = new Town(municipalities.ensure("wall-a", "Hüben", 9, 48, false), accounts, 0);
    there = here;
  }

  /** A caller of the matrix. */
  private record Caller(String name, PageVisitor visitor) implements AutoCloseable {
    @Override
    public void close() {
      visitor.close();
    }
  }

  @BeforeEach
  void twoTowns() throws Exception {
    JdbcClient.create(owner).sql("delete from sign_in_attempt").update();
    int number = ++counter;
    here = new Town(municipalities.ensure("wall-a-" + number, "Hüben", 9, 48, false), accounts, port);
    there = new Town(municipalities.ensure("wall-b-" + number, "Gegenüber", 9, 48, false), accounts, port);
    here.person("chef", Role.values());
    here.person("bürger", Role.CITIZEN);
    int chef = there.person(SECRET + "-chef", Role.values());
    writeToTheOtherTown();
    there.person("bürger", Role.CITIZEN);
    theirKey = CurrentMunicipality.call(there.municipality(), () -> keys.create(SECRET + "-key", Scope.ADMIN, null));
    ourDatastream = CurrentMunicipality.call(here.municipality(), () -> {
      var some = new SomePlaces(jdbc);
      int datastream = some.datastream(some.thing("Pegel hier", "{\"kind\": \"water\"}", 9.1, 48.8), "Pegel", "m",
          "{\"main\": true}");
      some.value(datastream, Instant.now(), 2);
      return datastream;
    });
    var ids = CurrentMunicipality.call(there.municipality(), () -> {
      var some = new SomePlaces(jdbc);
      int thing = some.thing(OPEN, "{\"kind\": \"water\", \"note\": \"" + OPEN + "\"}", 9.1, 48.8);
      theirDatastream = some.datastream(thing, OPEN, "m", "{\"main\": true}");
      some.value(theirDatastream, Instant.now(), 77_123.25);
      int source = jdbc.sql("""
                            insert into source (municipality_id, key, kind, name, every_seconds, addresses, attribution)
                            values (?, 'their-source', 'csv', ?, 3600, array[?], ?) returning id
                            """)
          .params(there.municipality().id(), SECRET + "-source", "http://" + SECRET + ".example/", SECRET)
          .query(Integer.class).single();
      assertThat(source).isPositive();
      int origin = jdbc
          .sql("""
               insert into procedure_origin (municipality_id, address, name, key_id, public_key)
               values (?, 'https://their-origin.example', ?, repeat('a', 40), decode(repeat('ab', 44), 'hex'))
               returning id
               """).params(there.municipality().id(), SECRET + "-origin").query(Integer.class).single();
      return Map.of("origins", origin, "things", thing, "datastreams", theirDatastream, "people", chef, "keys",
          keys.listAll().getFirst().id(), "barrier-reports", newest("barrier_report"), "messages",
          newest("outgoing_message"), "requests", newest("privacy_request"), "holds", newest("legal_hold"));
    });
    samples = new WallSamples(here.municipality().slug(), ids);
  }

  /** People there report, ask, and are written to, as people do: through the pages. */
  private void writeToTheOtherTown() throws Exception {
    try (var visitor = there.signedIn(SECRET + "-chef")) {
      visitor.get(there.path("/barrier"));
      assertThat(visitor.post(there.path("/barrier"), Map.of("problem", SECRET + " Stufe", "email",
          SECRET + "@example.org")).statusCode()).isEqualTo(302);
      visitor.get(there.path("/account/data/request"));
      assertThat(visitor.post(there.path("/account/data/request"), Map.of("kind", "other", "words", SECRET))
          .statusCode()).isEqualTo(302);
      visitor.get(there.path("/data-protection/retention"));
      assertThat(visitor.post(there.path("/data-protection/retention/holds"), Map.of("person", "account:1", "reason",
          SECRET)).statusCode()).isEqualTo(302);
    }
  }

  private int newest(String table) {
    return jdbc.sql("select max(id) from " + table).query(Integer.class).single();
  }

  @Test
  void noRouteOfThisTownShowsAnythingOfTheOtherAndNoRouteOfTheOtherAnythingSecret() throws Exception {
    var leaks = new TreeSet<String>();
    var seen = new TreeSet<String>();
    int calls = 0;
    try (var own = new Caller("own", there.signedIn(SECRET + "-chef"));
        var other = new Caller("other municipality", here.signedIn("chef"));
        var nobody = new Caller("anonymous", new PageVisitor(port));
        var expired = new Caller("expired", there.signedIn(SECRET + "-chef"));
        var lower = new Caller("lower role", there.signedIn("bürger"))) {
      JdbcClient.create(owner)
          .sql("""
               update account_session set last_seen_at = now() - interval '2 hours'
               where id = (select max(s.id) from account_session s join account a on a.id = s.account_id
                 and a.municipality_id = s.municipality_id where a.municipality_id = ? and a.name like ?)
               """).params(there.municipality().id(), SECRET + "%").update();
      for (var route : routes()) {
        for (var path : samples.pathsOf(route, there.municipality().slug())) {
          for (var caller : List.of(other, nobody, expired, lower, own)) {
            calls++;
            var answer = call(caller, route, path);
            if (answer.body().contains(SECRET) || answer.headers().map().toString().contains(SECRET)) {
              (caller == own ? seen : leaks).add(caller.name + ": " + route + " at " + path);
            }
            if (isProtected(route) && caller != own && answer.statusCode() / 100 == 2
                && !isForEverybodySignedIn(route)) {
              leaks.add("%s gets %d: %s".formatted(caller.name, answer.statusCode(), route));
            }
          }
        }
        for (var path : samples.pathsOf(route, here.municipality().slug())) {
          for (var caller : List.of(other, nobody, own)) {
            calls++;
            var answer = call(caller, route, path);
            if (answer.body().contains(OPEN) || answer.body().contains(SECRET) || answer.body().contains("77123")) {
              leaks.add("%s sees the other town: %s at %s".formatted(caller.name, route, path));
            }
          }
        }
      }
    }
    assertThat(leaks).as("leaks in %d calls of %d live routes", calls, routes().size()).isEmpty();
    assertThat(seen).as("pages where the secret really stands, seen by those who may").hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void aMachineOfAnotherTownMayDoHereWhatEverybodyMay() throws Exception {
    for (var route : routes()) {
      for (var path : Routes.ALL.stream()
          .anyMatch(known -> known.isFor(route) && known.audience() instanceof Audience.Key)
              ? samples.pathsOf(route, here.municipality().slug())
              : List.<String>of()) {
        assertThat(machine(route.method(), path, theirKey).statusCode()).as("%s at %s with the other town's key", route,
            path).isEqualTo(403);
        assertThat(machine(route.method(), path, null).statusCode()).as("%s at %s without a key", route, path)
            .isEqualTo(401);
      }
    }
  }

  @Test
  void countsEntityTagsAndMissingThingsDoNotTellWhatTheOtherTownHas() throws Exception {
    var slug = here.municipality().slug();
    int theirs = samples.id("things");
    var counted = machine("GET", "/" + slug + "/sta/v1.1/Things?$count=true", null);
    assertThat(counted.body()).contains("\"@iot.count\":1").contains("Pegel hier").doesNotContain(OPEN);
    assertThat(counted.headers().firstValue("ETag").orElse("")).doesNotContain(OPEN);
    for (var path : List.of("/sta/v1.1/Things(%d)", "/sta/v1.1/Datastreams(%d)", "/things/%d", "/datastreams/%d.csv",
        "/datastreams/%d.json")) {
      var exists = machine("GET", "/" + slug + path.formatted(path.contains("atastream") ? theirDatastream : theirs),
          null);
      var never = machine("GET", "/" + slug + path.formatted(1_999_999_999), null);
      assertThat(exists.statusCode()).as(path).isEqualTo(never.statusCode()).isEqualTo(404);
      assertThat(exists.headers().firstValue("ETag")).isEqualTo(never.headers().firstValue("ETag"));
      assertThat(exists.body().replaceAll("\\d+", "0")).as(path).isEqualTo(never.body().replaceAll("\\d+", "0"));
    }
  }

  @Test
  void theLiveStreamOfThisTownCarriesNothingOfTheOther() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request("/" + here.municipality().slug() + "/live").build(),
          HttpResponse.BodyHandlers.ofInputStream());
      try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        record(there, theirDatastream, 55_501);
        record(here, ourDatastream, 3);
        var first = "";
        for (var line = lines.readLine(); line != null && first.isEmpty(); line = lines.readLine()) {
          assertThat(line).doesNotContain("55501");
          first = line.startsWith("data: ") ? line : "";
        }
        assertThat(first).contains("\"datastream\":" + ourDatastream);
      }
      http.shutdownNow();
    }
  }

  /** No filter, no audience, no municipality from the path: what is left is PostgreSQL. */
  @Test
  void withTheProgramsOwnChecksOffRowLevelSecurityStillGivesNothing() throws Exception {
    var sensorThings = program.getBeansOfType(Filter.class).values().stream()
        .filter(filter -> filter.getClass().getSimpleName().equals("SensorThingsDoor")).toArray(Filter[]::new);
    assertThat(sensorThings).as("the door of SensorThings, which is a filter").hasSize(1);
    var unguarded = MockMvcBuilders.webAppContextSetup(web).addFilters(sensorThings).build();
    var chef = new SignedIn(there.municipality().id(), samples.id("people"), "chef", java.util.Set.of(Role.values()),
        Instant.now(), 1, Assurance.HOCH, null, false);
    var leaks = new ArrayList<String>();
    int answered = 0;
    for (var route : routes()) {
      for (var path : route.method() == null || "GET".equals(route.method())
          ? samples.pathsOf(route, there.municipality().slug())
          : List.<String>of()) {
        var body = CurrentMunicipality.call(here.municipality(), () -> body(unguarded, path, chef));
        answered += body.isEmpty() ? 0 : 1;
        if (body.contains(OPEN) || body.contains(SECRET)) {
          leaks.add(route + " at " + path);
        }
      }
    }
    assertThat(answered).as("answers with a body").isGreaterThan(15);
    assertThat(leaks).isEmpty();
  }

  @Test
  void noTableGivesARowOfAnotherTown() {
    var all = JdbcClient.create(owner);
    var tables = all.sql("""
                         select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         join pg_attribute a on a.attrelid = c.oid and a.attname = 'municipality_id'
                         where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
                         """).query(String.class).list();
    int filled = 0;
    for (var table : tables) {
      var rows = "select count(*) from %s where municipality_id = %d".formatted(table, there.municipality().id());
      filled += all.sql(rows).query(Integer.class).single() > 0 ? 1 : 0;
      assertThat(CurrentMunicipality.call(here.municipality(), () -> jdbc.sql(rows).query(Integer.class).single()))
          .as(table).isZero();
      assertThat(jdbc.sql(rows).query(Integer.class).single()).as(table + " outside of any municipality").isZero();
    }
    assertThat(filled).as("tables that hold something of the other town, of %d", tables.size())
        .isGreaterThanOrEqualTo(10);
  }

  /** What is mapped, and the doors that a filter answers before any mapping. */
  private List<LiveRoute> routes() {
    var mapped = LiveRoute.of(program);
    var doors = Routes.ALL.stream().filter(known -> mapped.stream().noneMatch(known::isFor))
        .map(known -> new LiveRoute(known.method(), known.pattern().getPatternString(), "filter"));
    return Stream.concat(mapped.stream(), doors).filter(route -> route.pattern().contains("{municipality"))
        .filter(route -> !route.pattern().equals("/{municipality}/live")) // never ends; has a test of its own
        .distinct().sorted(Comparator.comparing(LiveRoute::toString)).toList();
  }

  private static boolean isProtected(LiveRoute route) {
    return Routes.ALL.stream().filter(known -> known.isFor(route))
        .noneMatch(known -> known.audience() instanceof Audience.Public);
  }

  private static boolean isForEverybodySignedIn(LiveRoute route) {
    return Routes.ALL.stream().filter(known -> known.isFor(route))
        .anyMatch(known -> known.audience() instanceof Audience.Account);
  }

  /** Own calls only read: what they could change is tested where it belongs. */
  private HttpResponse<String> call(Caller caller, LiveRoute route, String path) throws Exception {
    var method = route.method() == null || caller.name.equals("own") || path.endsWith("/sign-out")
        ? "GET"
        : route.method();
    return switch (method) {
      case "GET" -> caller.visitor.get(path);
      case "POST" -> caller.visitor.post(path, Map.of());
      default -> caller.visitor.send(method, path);
    };
  }

  private static String body(MockMvc unguarded, String path, SignedIn who) throws Exception {
    SecurityContextHolder.getContext()
        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(who, null, who.authorities()));
    try {
      return unguarded.perform(MockMvcRequestBuilders.get(URI.create(path))).andReturn().getResponse()
          .getContentAsString(StandardCharsets.UTF_8);
    } catch (jakarta.servlet.ServletException e) {
      return ""; // a page that cannot be drawn without its filters shows nothing either
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private HttpResponse<String> machine(@Nullable String method, String path, @Nullable String key) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = request(path).header("Content-Type", "application/json").method(method == null ? "GET" : method,
          "GET".equals(method)
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString("{}"));
      if (key != null) {
        request.header("X-API-Key", key);
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(60));
  }

  private void record(Town town, int datastream, double value) throws Exception {
    CurrentMunicipality.call(town.municipality(),
        () -> observations.record(List.of(NewObservation.of(datastream, Instant.now(), value)),
            Observations.Repeats.KEEP, null))
        .get(20, TimeUnit.SECONDS);
  }
}
