package de.citycloud.platform.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server ({@code city.mail.*}).
 *
 * @param host name of the server; absent: messages are kept but not sent
 * @param port its port
 * @param security how the connection is protected; {@code none} only to this computer
 * @param user name for signing in; absent for none
 * @param password for signing in, better by {@code passwordFile} or from the environment
 * @param passwordFile file that holds the password alone
 * @param from sender, e.g. {@code noreply@stadt.example}
 * @param firstPause time before the second try; every further one is four times as long, a day at most
 */
@ConfigurationProperties("city.mail")
record MailSettings(@Nullable String host, @DefaultValue("587") int port,
    @DefaultValue("starttls") Security security, @Nullable String user, @Nullable String password,
    @Nullable Path passwordFile, @DefaultValue("noreply@localhost.invalid") String from,
    @DefaultValue("1m") Duration firstPause) {
  /** Protection of the connection. */
  enum Security {
    /** Encrypted from the first byte on, usually port 465. */
    TLS,
    /** Encrypted after a greeting; a server that cannot is refused. */
    STARTTLS,
    /** Readable for everybody on the way. */
    NONE
  }

  MailSettings {
    if (!MailAddress.isValid(from)) {
      throw new IllegalArgumentException("city.mail.from is \"%s\", expected one address like noreply@stadt.example."
          .formatted(from));
    }
    if (host != null && security == Security.NONE && !isLoopback(host)) {
      throw new IllegalArgumentException(
          """
          city.mail.security is "none" for the server %s: messages to people would cross the network readable.
          Maybe "starttls" (port 587) or "tls" (port 465).""".formatted(host));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Part of the sender behind the @. */
  String domain() {
    return from.substring(from.indexOf('@') + 1);
  }

  /** The password; null if there is none. */
  @Nullable
  String secret() {
    try {
      return passwordFile == null ? password : Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("city.mail.password-file names %s, which cannot be read.".formatted(passwordFile),
          e);
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "MailSettings[%s:%d %s]".formatted(host, port, security);
  }
}
