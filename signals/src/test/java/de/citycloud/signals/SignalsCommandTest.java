package de.citycloud.signals;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.junction.TestNetworks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line: what it prints, and how it refuses. */
class SignalsCommandTest {
  @TempDir
  private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeNetwork() throws IOException {
    Files.writeString(folder.resolve("j.net.xml"), TestNetworks.CROSSING);
  }

  @Test
  void theReportSaysWhatWasAssumedOfEachIntersection() {
    assertThat(run("report", "j.net.xml")).isZero();
    assertThat(text(out)).contains("# Import of j.net.xml", "## J",
        "| K1 | vehicles | west_1 l | K3 3 | K2 | 3 | 5 | 110 |",
        "| K4 | on foot |", "Stages: K0+K1+K2; K3; K4", "The file carries no intergreens",
        "Yellow is 3 s, the minimum green 5 s");
  }

  @Test
  void programsGoOutAndComeBackAsTheyWere() throws IOException {
    assertThat(run("report", "j.net.xml", "--export", path("out.add.xml"))).isZero();
    var exported = Files.readString(folder.resolve("out.add.xml"));
    assertThat(exported).contains("<tlLogic id=\"J\" type=\"static\" programID=\"0\" offset=\"0\">",
        "<phase duration=\"30\" state=\"GgGrr\"/>");
    assertThat(run("report", "j.net.xml", "--programs", path("out.add.xml"), "--export", path("again.add.xml")))
        .isZero();
    assertThat(folder.resolve("again.add.xml")).hasContent(exported);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                                                                <phase duration="30" state="GgGrr"/> | <phase duration="30" state="GgGGr"/>   | step 0: positions 0 and 3 conflict and show G and G
                                                                <phase duration="3" state="yyyrr"/>  | <phase duration="2" state="yyyrr"/>    | position 0 yellow for 2.0 s after its green, expected at least 3 s
                                                                <phase duration="3" state="yyyrr"/>  | <phase duration="3" state="rrrrr"/>    | position 0 yellow for 0.0 s
                                                                <phase duration="20" state="rrrGr"/> | <phase duration="4" state="rrrGr"/>    | position 3 green for 4.0 s, expected at least 5 s
                                                                <phase duration="10" state="rrrrG"/> | <phase duration="10" state="rrrrr"/>   | never gives position 4 green
                                                                <phase duration="30" state="GgGrr"/> | <phase duration="-3" state="GgGrr"/>   | duration="-3", expected a number from 0
                                                                <phase duration="30" state="GgGrr"/> | <phase duration="30" state="GgG"/>     | states of 3 and 5 positions
                                                                <tlLogic id="J"                      | <tlLogic id="X"                        | "X" is not in the network, expected one of [J]
                                                                <additional>                         | <routes>                               | the root is "routes", expected "additional"
                                                                </tlLogic>                           |                                        | is not well-formed
                                                                """)
  void aProgramThatIsNotSafeIsRefusedWithItsPlace(String good, String bad, String reason) throws IOException {
    run("report", "j.net.xml", "--export", path("p.add.xml"));
    var exported = Files.readString(folder.resolve("p.add.xml"));
    assertThat(exported).contains(good);
    Files.writeString(folder.resolve("p.add.xml"), exported.replace(good, bad == null ? "" : bad));

    assertThat(run("report", "j.net.xml", "--programs", path("p.add.xml"))).isEqualTo(2);
    assertThat(text(err)).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
                                          --min-green 0                 | --min-green is "0", expected 1 to 60
                                          --min-green -5                | --min-green is "-5", expected 1 to 60
                                          --min-green 1e9               | --min-green is "1e9", expected 1 to 60
                                          --min-green NaN               | --min-green is "NaN", expected 1 to 60
                                          --yellow 0                    | --yellow is "0", expected 1 to 10
                                          --yellow three                | --yellow is "three", expected 1 to 10
                                          --traci-port 0                | --traci-port is "0", expected 1 to 65535
                                          --end 0                       | --end is "0", expected 1 to
                                          --begin 9                     | --end is 5, expected more than --begin, 9
                                          --controller wizard           | "wizard" is no control strategy, expected one of
                                          --sensors none                | --sensors is "none", expected full or loops
                                          --net nowhere.net.xml         | The network nowhere.net.xml cannot be read
                                          --controller adaptive@event   | --event is missing
                                          --event nowhere.json          | nowhere.json cannot be read
                                          --hurry yes                   | "--hurry" is not an option here, expected one of
                                          --event                       | --event stands last, expected a value after it
                                          """)
  void impossibleOptionsAreRefusedByNameBeforeAnythingBegins(String options, String reason) {
    assertThat(control(options.split(" "))).isEqualTo(2);
    assertThat(text(err)).contains(reason);
  }

  @Test
  void anAbsurdEventIsRefused() throws IOException {
    Files.writeString(folder.resolve("e.json"),
        "{\"name\": \"All\", \"mode\": \"arrive\", \"expectedCars\": 80000000, \"venueEdges\": [\"toEast\"]}");

    assertThat(control("--event", path("e.json"))).isEqualTo(2);
    assertThat(text(err)).contains("The event e.json: expectedCars is 8.0E7, expected a number from 0 to 100000.");
  }

  @Test
  void theReportComesBeforeThePeerIsAsked() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> {
        try (var peer = server.accept()) {
          peer.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII));
          peer.getInputStream().read();
        } catch (IOException e) {
          return;
        }
      });
      assertThat(control("--traci-port", "" + server.getLocalPort(), "--report", path("report.md"))).isEqualTo(2);
    }
    assertThat(text(err)).contains("bytes, expected 4 to");
    assertThat(folder.resolve("report.md")).content().contains("## J");
  }

  @Test
  void anEvaluationSaysWhereAGuideHasNoCalendar() throws IOException {
    Files.writeString(folder.resolve("d.rou.xml"),
        "<routes><trip id=\"a\" depart=\"1\" from=\"far\" to=\"toEast\"/></routes>");
    Files.writeString(folder.resolve("scenario.json"),
        "{\"name\": \"quiet\", \"net\": \"j.net.xml\", \"routes\": \"d.rou.xml\", \"begin\": 0, \"end\": 60}");

    assertThat(run("evaluate", folder.toString(), "--controller", "greedy/greedy@event", "--seeds", "1", "--simulator",
        "built-in", "--json", path("result.json"))).isZero();
    assertThat(text(out)).containsOnlyOnce("quiet has no event.json: greedy@event runs without a guide.");
  }

  @Test
  void aNetworkThatContradictsItselfIsRefused() throws IOException {
    Files.writeString(folder.resolve("j.net.xml"), TestNetworks.CROSSING.replace("state=\"rrrGr\"", "state=\"rrrG\""));

    assertThat(run("report", "j.net.xml")).isEqualTo(2);
    assertThat(text(err)).contains("j.net.xml, line ", "states of 5 and 4 positions");
  }

  private int control(String... options) {
    var words = new java.util.ArrayList<>(
        List.of("control", "--traci-port", "9", "--net", path("j.net.xml"), "--end", "5"));
    words.addAll(Arrays.asList(options));
    return run(words.toArray(String[]::new));
  }

  private int run(String... words) {
    out.reset();
    err.reset();
    return SignalsCommand.run(Arrays.stream(words).map(w -> w.equals("j.net.xml") ? path(w) : w).toList(),
        new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
