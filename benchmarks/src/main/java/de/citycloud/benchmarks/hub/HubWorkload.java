package de.citycloud.benchmarks.hub;

import de.citycloud.benchmarks.hub.Load.Figure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The workload: 10,000 Things with Locations around a town, 1,000 Datastreams, 1,000 Observations in each at steps of
 * five minutes; then the writes and the four reads of an ordinary day.
 */
final class HubWorkload {
  static final int THINGS = 10_000;
  static final int DATASTREAMS = 1_000;
  static final int PER_DATASTREAM = 1_000;
  private static final Instant END = Instant.parse("2026-06-01T00:00:00Z");
  private static final int STEP_SECONDS = 300;
  private static final Pattern ID = Pattern.compile("\"@iot.id\"\\s*:\\s*(\\d+)");
  private static final Pattern COUNT = Pattern.compile("\"@iot.count\"\\s*:\\s*(\\d+)");

  private final int httpPort;
  private final int mqttPort;
  private final String municipality;
  private final String base;
  private final String key;
  /** Makes every written phenomenonTime a new one. */
  private final AtomicLong clock = new AtomicLong(END.getEpochSecond());
  private List<Integer> things = List.of();
  private List<Integer> datastreams = List.of();

  HubWorkload(int httpPort, int mqttPort, String municipality, String key) {
    this.httpPort = httpPort;
    this.mqttPort = mqttPort;
    this.municipality = municipality;
    this.base = "/" + municipality + "/sta/v1.1";
    this.key = key;
  }

  /** Creates the Things and Datastreams, by deep insert. */
  void setUp() throws Exception {
    int sensor;
    int property;
    try (var http = open()) {
      sensor = create(http, "/Sensors",
          "{\"name\":\"loop\",\"description\":\"loop\",\"encodingType\":\"text/html\",\"metadata\":\"-\"}");
      property = create(http, "/ObservedProperties",
          "{\"name\":\"count\",\"description\":\"vehicles\",\"definition\":\"http://example.org/count\"}");
    }
    int clients = 8;
    things = Load.inParallel(clients, client -> {
      try (var http = open()) {
        var ids = new java.util.ArrayList<Integer>();
        for (int i = client; i < THINGS; i += clients) {
          var random = new Random(i);
          ids.add(create(http, "/Things",
              """
              {"name":"counter %1$d","description":"traffic counter","properties":{"kind":"traffic","lane":%2$d},
               "Locations":[{"name":"place %1$d","description":"","encodingType":"application/geo+json",
                "location":{"type":"Point","coordinates":[%3$s,%4$s]}}]}""".formatted(i, i % 4,
                  degrees(9.10 + 0.2 * random.nextDouble()), degrees(48.84 + 0.12 * random.nextDouble()))));
        }
        return ids;
      }
    }).stream().flatMap(List::stream).sorted().toList();
    datastreams = Load.inParallel(clients, client -> {
      try (var http = open()) {
        var ids = new java.util.ArrayList<Integer>();
        for (int i = client; i < DATASTREAMS; i += clients) {
          ids.add(create(http, "/Datastreams",
              """
              {"name":"count %d","description":"vehicles in 5 min",
               "observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
               "unitOfMeasurement":{"name":"vehicles","symbol":"{veh}","definition":"ucum:{veh}"},
               "Thing":{"@iot.id":%d},"Sensor":{"@iot.id":%d},"ObservedProperty":{"@iot.id":%d}}"""
                  .formatted(i, things.get(i), sensor, property)));
        }
        return ids;
      }
    }).stream().flatMap(List::stream).sorted().toList();
  }

  /** Writes the history and returns rows a second. */
  double fill() throws Exception {
    long start = System.nanoTime();
    int clients = 4;
    Load.inParallel(clients, client -> {
      try (var http = open()) {
        for (int i = client; i < DATASTREAMS; i += clients) {
          var first = END.minusSeconds((long) STEP_SECONDS * (PER_DATASTREAM - 1));
          expect(201, http.post(base + "/CreateObservations",
              "[" + block(datastreams.get(i), first, PER_DATASTREAM, new Random(i)) + "]"), http);
        }
        return client;
      }
    });
    return DATASTREAMS * (double) PER_DATASTREAM / seconds(start);
  }

  Figure singlePosts(int clients, int seconds) throws Exception {
    return Load.run(clients, 3, seconds, client -> {
      var http = open();
      var random = new Random(client);
      return client(http, () -> {
        var body = "{\"phenomenonTime\":\"%s\",\"result\":%d,\"Datastream\":{\"@iot.id\":%d}}".formatted(next(),
            random.nextInt(200), anyDatastream(random));
        return http.post(base + "/Observations", body) == 201 ? 1 : -1;
      });
    });
  }

  /** Data arrays of {@code rows} rows, spread over {@code spread} Datastreams a request. */
  Figure dataArrays(int clients, int rows, int spread, int seconds) throws Exception {
    return Load.run(clients, 3, seconds, client -> {
      var http = open();
      var random = new Random(client);
      return client(http, () -> {
        var body = new StringBuilder("[");
        int first = random.nextInt(DATASTREAMS);
        var start = Instant.ofEpochSecond(clock.getAndAdd(rows / spread));
        for (int i = 0; i < spread; i++) {
          body.append(i > 0 ? "," : "").append(
              block(datastreams.get((first + i) % DATASTREAMS), start, rows / spread, 1, random));
        }
        return http.post(base + "/CreateObservations", body.append("]").toString()) == 201
            && !http.body().contains("error") ? rows : -1;
      });
    });
  }

  /** Publishes {@code total} messages with QoS 1; the figure counts those acknowledged. */
  double mqttBurst(int clients, int total, int window) throws Exception {
    long start = System.nanoTime();
    Load.inParallel(clients, client -> {
      try (var mqtt = new MqttConnection(mqttPort, "bench-" + client, key)) {
        var random = new Random(client);
        for (int i = client; i < total; i += clients) {
          mqtt.publish(municipality + "/v1.1/Datastreams(" + anyDatastream(random) + ")/Observations",
              "{\"phenomenonTime\":\"" + next() + "\",\"result\":" + random.nextInt(200) + "}", window);
        }
        mqtt.finish();
        return client;
      }
    });
    return total / seconds(start);
  }

  /** Observations in the store. */
  long count() throws IOException {
    try (var http = open()) {
      expect(200, http.get(base + "/Observations?$count=true&$top=1"), http);
      var count = COUNT.matcher(http.body());
      if (!count.find()) {
        throw new IOException("No count in " + http.body());
      }
      return Long.parseLong(count.group(1));
    }
  }

  /** Thing with Locations and newest Observation of each Datastream. */
  Figure latest(int clients, int seconds) throws Exception {
    return reads(clients, seconds,
        random -> "/Things(" + things.get(random.nextInt(DATASTREAMS)) + ")?$expand="
            + encode("Locations,Datastreams($expand=Observations($orderby=phenomenonTime desc;$top=1))"));
  }

  /** The last day of one Datastream. */
  Figure lastDay(int clients, int seconds) throws Exception {
    var query = "/Observations?$filter="
        + encode("phenomenonTime gt 2026-05-31T00:00:00Z and phenomenonTime le 2026-06-01T00:00:00Z")
        + "&$orderby=" + encode("phenomenonTime desc") + "&$top=1000&$select=phenomenonTime,result";
    return reads(clients, seconds, random -> "/Datastreams(" + anyDatastream(random) + ")" + query);
  }

  /** Locations within a square of about 1 km. */
  Figure polygon(int clients, int seconds) throws Exception {
    return reads(clients, seconds, random -> {
      double x = 9.10 + 0.19 * random.nextDouble();
      double y = 48.84 + 0.11 * random.nextDouble();
      var corners = "%1$s %2$s,%3$s %2$s,%3$s %4$s,%1$s %4$s,%1$s %2$s".formatted(degrees(x), degrees(y),
          degrees(x + 0.01), degrees(y + 0.01));
      return "/Locations?$top=100&$filter=" + encode("st_within(location,geography'POLYGON((" + corners + "))')");
    });
  }

  /** A page of the map: 100 Things with place and newest value. */
  Figure map(int clients, int seconds) throws Exception {
    return reads(clients, seconds, random -> "/Things?$top=100&$skip=" + 100 * random.nextInt(9) + "&$expand="
        + encode("Locations,Datastreams($expand=Observations($orderby=phenomenonTime desc;$top=1))"));
  }

  /** The cheapest answer the program gives: what HTTP itself costs here. */
  Figure landingPage(int clients, int seconds) throws Exception {
    return reads(clients, seconds, random -> "");
  }

  private Figure reads(int clients, int seconds, java.util.function.Function<Random, String> query) throws Exception {
    return Load.run(clients, 3, seconds, client -> {
      var http = open();
      var random = new Random(client);
      return client(http, () -> http.get(base + query.apply(random)) == 200 ? 1 : -1);
    });
  }

  private static Load.Client client(HttpConnection http, java.util.concurrent.Callable<Integer> call) {
    return new Load.Client() {
      @Override
      public int call() throws Exception {
        return call.call();
      }

      @Override
      public void close() throws Exception {
        http.close();
      }
    };
  }

  private String block(int datastream, Instant first, int rows, Random random) {
    return block(datastream, first, rows, STEP_SECONDS, random);
  }

  private static String block(int datastream, Instant first, int rows, int stepSeconds, Random random) {
    var text = new StringBuilder(80 + rows * 32).append("{\"Datastream\":{\"@iot.id\":").append(datastream)
        .append("},\"components\":[\"phenomenonTime\",\"result\"],\"dataArray@iot.count\":").append(rows)
        .append(",\"dataArray\":[");
    for (int i = 0; i < rows; i++) {
      text.append(i > 0 ? "," : "").append("[\"").append(first.plusSeconds((long) stepSeconds * i)).append("\",")
          .append(random.nextInt(200)).append(".5]");
    }
    return text.append("]}").toString();
  }

  private int create(HttpConnection http, String path, String json) throws IOException {
    expect(201, http.post(base + path, json), http);
    var id = ID.matcher(http.body());
    if (!id.find()) {
      throw new IOException("No id in " + http.body());
    }
    return Integer.parseInt(id.group(1));
  }

  private static void expect(int expected, int status, HttpConnection http) throws IOException {
    if (status != expected) {
      throw new IOException("Status " + status + ", expected " + expected + ": " + http.body());
    }
  }

  private Instant next() {
    return Instant.ofEpochSecond(clock.incrementAndGet());
  }

  private int anyDatastream(Random random) {
    return datastreams.get(random.nextInt(DATASTREAMS));
  }

  private HttpConnection open() throws IOException {
    return new HttpConnection(httpPort, key);
  }

  private static String degrees(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
