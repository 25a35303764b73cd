package de.citycloud.platform.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F11: external entities, entity bombs, zip bombs and slips are refused, and what was read till then stays small. */
class HostileInputTest {
  private static final long FEW = 64L << 20;

  @ParameterizedTest
  @ValueSource(strings = {"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
      "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/evil.dtd\"><a/>",
      "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p\">%p;]><a/>",
      "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;\">]><a>&d;</a>",
      "<!DOCTYPE a [<!ATTLIST a b CDATA \"x\">]><a/>", "<a>&unknown;</a>"})
  void xmlWithADoctypeOrEntitiesIsRefused(String xml) {
    assertThatThrownBy(() -> readXml(stream(xml))).isInstanceOf(XMLStreamException.class);
  }

  @Test
  void xmlThatIsTooDeepIsRefusedAfterAFewBytes() {
    var read = new AtomicLong();
    assertThatThrownBy(() -> readXml(new Endless("", "<a>", read))).isInstanceOf(XMLStreamException.class)
        .hasMessageContaining("64 levels");
    assertThat(read.get()).isLessThan(1 << 20);
  }

  @Test
  void xmlWithAnEndlessAttributeOrTextIsRefusedAfterAMegabyte() {
    for (var start : new String[]{"<a b=\"", "<a>", "<"}) {
      var read = new AtomicLong();
      assertThatThrownBy(() -> readXml(new Endless(start, "x", read))).as(start).isInstanceOf(XMLStreamException.class);
      assertThat(read.get()).as(start).isLessThan(FEW);
    }
  }

  @Test
  void xmlWithTooManyAttributesIsRefused() {
    var xml = new StringBuilder("<a");
    for (int i = 0; i < 100; i++) {
      xml.append(" b").append(i).append("=\"\"");
    }
    assertThatThrownBy(() -> readXml(stream(xml + "/>"))).isInstanceOf(XMLStreamException.class)
        .hasMessageContaining("64 attributes");
  }

  @Test
  void aGzipBombIsRefusedEarly() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 300; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    var read = new AtomicLong();
    assertThatThrownBy(() -> SafeArchive.read("bomb.gz", new ByteArrayInputStream(bomb.toByteArray()),
        (name, content) -> drain(content, read))).isInstanceOf(LimitExceeded.class).hasMessageContaining("100 times");
    assertThat(read.get()).isLessThan(FEW);
  }

  @Test
  void aZipBombIsRefusedEarlyEvenIfNobodyReadsIt() throws IOException {
    var bomb = zip(out -> {
      for (int i = 0; i < 50; i++) {
        out.putNextEntry(new ZipEntry("f" + i));
        out.write(new byte[10 << 20]);
      }
    });
    assertThatThrownBy(() -> SafeArchive.read("bomb.zip", new ByteArrayInputStream(bomb), (name, content) -> {}))
        .isInstanceOf(LimitExceeded.class);
  }

  @Test
  void aZipWithTooManyEntriesIsRefused() throws IOException {
    var many = zip(out -> {
      for (int i = 0; i <= SafeArchive.MAX_ENTRIES; i++) {
        out.putNextEntry(new ZipEntry("f" + i));
      }
    });
    assertThatThrownBy(() -> SafeArchive.read("many.zip", new ByteArrayInputStream(many), (name, content) -> {}))
        .isInstanceOf(LimitExceeded.class).hasMessageContaining("1,000 entries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "\\evil", "..\\evil", "C:\\evil", "c:evil", "a/..",
      "..", "a\u0000b", "a\nb"})
  void aZipEntryThatLeavesItsFolderIsRefused(String name) throws IOException {
    var slip = zip(out -> {
      out.putNextEntry(new ZipEntry(name));
      out.write('x');
    });
    assertThatThrownBy(() -> SafeArchive.read("slip.zip", new ByteArrayInputStream(slip), (entry, content) -> {}))
        .isInstanceOf(LimitExceeded.class);
  }

  @Test
  void harmlessArchivesAreRead() throws IOException {
    var names = new java.util.ArrayList<String>();
    var good = zip(out -> {
      out.putNextEntry(new ZipEntry("data/a..b.csv"));
      out.write("hallo".getBytes(StandardCharsets.UTF_8));
    });
    SafeArchive.read("good.zip", new ByteArrayInputStream(good), (name, content) -> {
      names.add(name);
      assertThat(content.readAllBytes()).hasSize(5);
    });
    SafeArchive.read("plain.csv", stream("hallo"), (name, content) -> names.add(name));
    assertThat(names).containsExactly("data/a..b.csv", "plain.csv");
  }

  @Test
  void anUnknownContentEncodingIsRefused() {
    assertThatThrownBy(() -> SafeArchive.decode("br", stream(""))).isInstanceOf(LimitExceeded.class);
  }

  private static void readXml(InputStream in) throws XMLStreamException {
    var reader = SafeXml.open(in);
    while (reader.hasNext()) {
      reader.next();
    }
  }

  private static void drain(InputStream content, AtomicLong count) throws IOException {
    var buffer = new byte[8192];
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      count.addAndGet(n);
    }
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private interface Filling {
    void fill(ZipOutputStream out) throws IOException;
  }

  private static byte[] zip(Filling filling) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      filling.fill(out);
    }
    return bytes.toByteArray();
  }

  /** A start, then the same again and again. */
  private static final class Endless extends InputStream {
    private final String start;
    private final String again;
    private final AtomicLong count;

    Endless(String start, String again, AtomicLong count) {
      this.start = start;
      this.again = again;
      this.count = count;
    }

    @Override
    public int read() {
      long at = count.getAndIncrement();
      return at < start.length()
          ? start.charAt((int) at)
          : again.charAt((int) ((at - start.length()) % again.length()));
    }
  }
}
