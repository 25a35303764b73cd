package de.citycloud.platform.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for this computer, made anew for each run, and what trusts it. */
public record TestCertificate(Path certificate, Path privateKey, SSLContext trusting) {
  private static final String PASSWORD = "for-this-run";

  /** Makes one in {@code folder}. */
  public static TestCertificate make(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    var store = folder.resolve("keys.p12");
    Files.deleteIfExists(store);
    var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-alias", "city", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=127.0.0.1", "-ext",
        "SAN=ip:127.0.0.1,dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(),
        "-storepass", PASSWORD).redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile())
        .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IllegalStateException("keytool made no key: " + Files.readString(folder.resolve("keytool.log")));
    }
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var certificate = keys.getCertificate("city");
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("city", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return new TestCertificate(pem(folder.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded()),
        pem(folder.resolve("key.pem"), "PRIVATE KEY", keys.getKey("city", PASSWORD.toCharArray()).getEncoded()),
        context);
  }

  private static Path pem(Path file, String kind, byte[] content) throws IOException {
    return Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(kind,
        Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content)));
  }
}
