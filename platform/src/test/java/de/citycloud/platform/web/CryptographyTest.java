package de.citycloud.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CryptographyTest {
  private static final Pattern NAMED = Pattern.compile(
      "(?:MessageDigest|Cipher|Mac|Signature|KeyPairGenerator|KeyFactory|KeyAgreement|SecretKeyFactory)\\s*\\.\\s*getInstance\\(\\s*\"([^\"]+)\"");
  /** RFC 6238 codes of authenticator apps are HMAC-SHA1; that is no weakness there. */
  private static final Set<String> STRONG = Set.of("SHA-256", "SHA-512", "HmacSHA256", "HmacSHA512", "Ed25519",
      "AES/GCM/NoPadding", "HmacSHA1");

  @Test
  void onlyStrongAlgorithmsAreNamed() throws IOException {
    var named = new TreeSet<String>();
    try (var files = Files.walk(Path.of("src", "main", "java"))) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        NAMED.matcher(Files.readString(file)).results().forEach(match -> named.add(match.group(1)));
      }
    }
    assertThat(named).contains("SHA-256", "Ed25519").isSubsetOf(STRONG);
  }
}
