package de.citycloud.platform.guard;

import java.io.IOException;
import java.io.InputStream;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * The one way out of the house over HTTP. A name is resolved once, every address of it must belong to the public
 * Internet, and exactly the checked address is called: a name that changes its mind between check and call gains
 * nothing. Each redirect (3 at most) is checked again. Only http on port 80 and https on port 443; what else a city
 * needs, its operator allows by {@code city.outgoing.allow}: {@code host} for the usual ports of a host that may stand
 * in the own network, {@code host:port} for one port.
 *
 * <p>Limits: 5 s to connect, 30 s in all, body as asked, unpacked at most 100 times that and 512 MB.
 */
public final class OutgoingDoor {
  /** Resolves names; {@link InetAddress#getAllByName} except in tests. */
  @FunctionalInterface
  public interface Resolver {
    /** All addresses of {@code host}. */
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** Reads an answer. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Called once, with the last answer after all redirects. */
    T read(OutgoingResponse response) throws IOException;
  }

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration WHOLE = Duration.ofSeconds(30);
  private static final int MAX_REDIRECTS = 3;
  private static final Pattern IPV4 = Pattern.compile("((0|[1-9]\\d{0,2})\\.){3}(0|[1-9]\\d{0,2})");
  private static final Pattern NAME = Pattern
      .compile("(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
      Thread.ofPlatform().daemon().name("outgoing-clock").factory());

  private final Set<String> allowed;
  private final Resolver resolver;
  private final Duration whole;

  /** @param allowed {@code host} or {@code host:port} that may be called though not public */
  public OutgoingDoor(List<String> allowed) {
    this(allowed, InetAddress::getAllByName, WHOLE);
  }

  OutgoingDoor(List<String> allowed, Resolver resolver, Duration whole) {
    this.allowed = allowed.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).filter(host -> !host.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
    this.resolver = resolver;
    this.whole = whole;
  }

  /**
   * Sends {@code request} and hands the answer to {@code reader}.
   *
   * @throws OutgoingRefused if the address, or one it redirects to, must not be called; nothing was sent there
   * @throws LimitExceeded if the answer breaks a limit
   * @throws IOException if the other side does not answer, or not in time
   */
  public <T> T fetch(OutgoingRequest request, Reader<T> reader) throws IOException {
    long deadline = System.nanoTime() + whole.toNanos();
    var uri = parse(request.address());
    var headers = request.headers();
    for (int redirects = 0;; redirects++) {
      var step = call(uri, headers, request, deadline, reader);
      if (step.redirect == null) {
        return step.result();
      }
      if (request.body() != null) {
        throw new OutgoingRefused("%s redirects a POST, expected an answer.\nMaybe the address is an old one."
            .formatted(request.address()));
      }
      if (redirects == MAX_REDIRECTS) {
        throw new OutgoingRefused("%s redirects more than %d times, expected fewer.".formatted(request.address(),
            MAX_REDIRECTS));
      }
      var next = parse(uri.resolve(step.redirect).toString());
      if ("https".equals(uri.getScheme()) && "http".equals(next.getScheme())) {
        throw new OutgoingRefused("%s redirects from https to http, expected https.".formatted(request.address()));
      }
      if (!next.getAuthority().equals(uri.getAuthority())) {
        headers = Map.of();
      }
      uri = next;
    }
  }

  /** Checks {@code address} as far as possible without a name server: form, scheme, port, literal addresses. */
  public void check(String address) throws OutgoingRefused {
    var uri = parse(address);
    var host = host(uri);
    if (isLiteral(host) || !NAME.matcher(host).matches()) {
      try {
        checked(uri, host);
      } catch (UnknownHostException e) {
        throw new OutgoingRefused("%s is no address, expected one.".formatted(host));
      }
    }
  }

  private <T> Step<T> call(URI uri, Map<String, String> headers, OutgoingRequest request, long deadline,
      Reader<T> reader) throws IOException {
    var host = host(uri);
    var addresses = checked(uri, host);
    var call = of(uri, request);
    headers.forEach((name, value) -> {
      if (!name.equalsIgnoreCase("Content-Type") || request.body() == null) {
        call.setHeader(name, value);
      }
    });
    call.setHeader("User-Agent", "SmartCityCloud");
    call.setHeader("Accept-Encoding", "gzip");
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw late(uri);
    }
    var alarm = CLOCK.schedule(call::abort, left, TimeUnit.NANOSECONDS);
    try (var connections = connections(pinned(host, addresses));
        var client = HttpClients.custom().setConnectionManager(connections).disableRedirectHandling()
            .disableAutomaticRetries().disableCookieManagement().disableAuthCaching().disableContentCompression()
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(whole))
                .setProtocolUpgradeEnabled(false).build())
            .build()) {
      return client.execute(call, answer -> read(uri, answer, request.maxBytes(), reader));
    } catch (IOException e) {
      throw System.nanoTime() >= deadline ? late(uri) : e;
    } finally {
      alarm.cancel(false);
    }
  }

  private static HttpUriRequestBase of(URI uri, OutgoingRequest request) {
    var body = request.body();
    if (body == null) {
      return new HttpGet(uri);
    }
    var post = new HttpPost(uri);
    post.setEntity(new ByteArrayEntity(body,
        ContentType.parse(request.headers().getOrDefault("Content-Type", "application/octet-stream"))));
    return post;
  }

  private IOException late(URI uri) {
    return new IOException("%s did not answer within %d s.".formatted(uri.getHost(), whole.toSeconds()));
  }

  private static <T> Step<T> read(URI uri, ClassicHttpResponse answer, long maxBytes, Reader<T> reader)
      throws IOException {
    var location = answer.getFirstHeader("Location");
    if (Set.of(301, 302, 303, 307, 308).contains(answer.getCode()) && location != null) {
      return new Step<>(target(uri, location.getValue()), null);
    }
    var headers = new HashMap<String, String>();
    Arrays.stream(answer.getHeaders())
        .forEach(header -> headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
    try (var entity = answer.getEntity();
        var raw = entity == null ? InputStream.nullInputStream() : entity.getContent();
        var limited = new LimitedStream(raw, maxBytes, "The answer of " + uri.getHost());
        var body = SafeArchive.decode(headers.getOrDefault("content-encoding", ""), limited)) {
      return new Step<>(null, reader.read(new OutgoingResponse(answer.getCode(), Map.copyOf(headers), body)));
    }
  }

  private static URI target(URI from, String location) throws OutgoingRefused {
    try {
      return new URI(location);
    } catch (URISyntaxException e) {
      throw new OutgoingRefused("%s redirects to \"%s\", expected an address.".formatted(from.getHost(), location));
    }
  }

  private static URI parse(String address) throws OutgoingRefused {
    URI uri;
    try {
      uri = new URI(address.strip());
    } catch (URISyntaxException e) {
      throw new OutgoingRefused("\"%s\" is no address, expected for example https://example.org/data.json."
          .formatted(address));
    }
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https") || uri.getRawAuthority() == null) {
      throw new OutgoingRefused("The address \"%s\" is not http or https.".formatted(address));
    }
    if (uri.getRawAuthority().contains("@")) {
      throw new OutgoingRefused("The address of %s carries a user name, expected none.\nMaybe use a header."
          .formatted(uri.getHost()));
    }
    return uri;
  }

  private static String host(URI uri) throws OutgoingRefused {
    var host = uri.getHost();
    if (host == null) { // the JDK leaves out what is no plain host name, e.g. names with umlauts or hex addresses
      var authority = uri.getRawAuthority().replaceFirst(":\\d*$", "");
      try {
        host = IDN.toASCII(authority, IDN.USE_STD3_ASCII_RULES);
      } catch (IllegalArgumentException e) {
        throw new OutgoingRefused("\"%s\" is no host name, expected one such as example.org.".formatted(authority));
      }
    }
    host = host.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** The addresses of {@code host}, each of which may be called. */
  private InetAddress[] checked(URI uri, String host) throws OutgoingRefused, UnknownHostException {
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    if (allowed.contains(host + ":" + port) || port == usual && allowed.contains(host)) {
      return resolver.resolve(host);
    }
    if (port != usual) {
      throw new OutgoingRefused("Port %d of %s is not open to us, expected %d.%s".formatted(port, host, usual, ADVICE));
    }
    if (!isLiteral(host) && !NAME.matcher(host).matches()) {
      throw new OutgoingRefused("\"%s\" is no public host name, expected one such as example.org.%s".formatted(host,
          ADVICE));
    }
    var addresses = resolver.resolve(host);
    for (var address : addresses) {
      if (!AddressRules.isPublic(address)) {
        throw new OutgoingRefused("%s is at %s, which is not on the public Internet.%s".formatted(host,
            address.getHostAddress(), ADVICE));
      }
    }
    return addresses;
  }

  private static boolean isLiteral(String host) {
    return host.contains(":") && !host.contains("%") || IPV4.matcher(host).matches();
  }

  private static final String ADVICE = "\nMaybe the operator wants to allow it in city.outgoing.allow.";

  private static DnsResolver pinned(String host, InetAddress[] addresses) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String asked) throws UnknownHostException {
        var plain = asked.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
        if (!plain.equals(host)) {
          throw new UnknownHostException(asked);
        }
        return addresses;
      }

      @Override
      public String resolveCanonicalHostname(String asked) {
        return asked;
      }
    };
  }

  private static BasicHttpClientConnectionManager connections(DnsResolver dns) {
    var limits = Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(100).setMaxEmptyLineCount(2).build();
    var connections = BasicHttpClientConnectionManager.create(null, dns,
        RegistryBuilder.<org.apache.hc.client5.http.ssl.TlsSocketStrategy>create()
            .register(URIScheme.HTTPS.id, DefaultClientTlsStrategy.createDefault()).build(),
        ManagedHttpClientConnectionFactory.builder().http1Config(limits).build());
    connections.setConnectionConfig(ConnectionConfig.custom().setConnectTimeout(Timeout.of(CONNECT))
        .setSocketTimeout(Timeout.of(CONNECT.multipliedBy(2))).build());
    return connections;
  }

  private record Step<T>(@org.jspecify.annotations.Nullable URI redirect,
      @org.jspecify.annotations.Nullable T value) {
    @SuppressWarnings("NullAway") // a step without redirect carries what the reader returned, whatever that is
    T result() {
      return value;
    }
  }
}
