package de.citycloud.signals.network;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumoNetReaderTest {
  /** A crossing of two one-way streets: a→b from west to east, c→d from south to north; b gives way to nobody. */
  private static final String CROSSING = """
                                         <net version="1.15">
                                           <edge id=":J_0" function="internal"><lane id=":J_0_0" index="0" speed="13.9" length="10"/></edge>
                                           <edge id=":J_1" function="internal"><lane id=":J_1_0" index="0" speed="13.9" length="12"/></edge>
                                           <edge id="a" from="W" to="J"><lane id="a_0" index="0" speed="13.9" length="150"/></edge>
                                           <edge id="b" from="J" to="E"><lane id="b_0" index="0" speed="13.9" length="75"/></edge>
                                           <edge id="c" from="S" to="J"><lane id="c_0" index="0" allow="pedestrian" speed="13.9" length="80"/></edge>
                                           <edge id="d" from="J" to="N"><lane id="d_0" index="0" speed="13.9" length="90"/></edge>
                                           <tlLogic id="J" type="static" programID="0" offset="3">
                                             <phase duration="30" state="Gr"/><phase duration="3" state="yr"/>
                                             <phase duration="20" state="rG"/><phase duration="3" state="ry"/>
                                           </tlLogic>
                                           <junction id="J" type="traffic_light" incLanes="a_0 c_0" intLanes=":J_0_0 :J_1_0">
                                             <request index="0" response="10" foes="10" cont="0"/>
                                             <request index="1" response="00" foes="01" cont="0"/>
                                           </junction>
                                           <connection from="a" to="b" fromLane="0" toLane="0" via=":J_0_0" tl="J" linkIndex="0" dir="s" state="o"/>
                                           <connection from="c" to="d" fromLane="0" toLane="0" via=":J_1_0" tl="J" linkIndex="1" dir="s" state="o"/>
                                           <connection from=":J_0" to="b" fromLane="0" toLane="0" dir="s" state="M"/>
                                         </net>
                                         """;

  @Test
  void readsLanesWaysAndPrograms() throws NetworkRefused {
    var net = read(CROSSING);
    var light = requireNonNull(net.lights().get("J"));

    assertThat(requireNonNull(net.lanes().get("a_0")).storage()).isEqualTo(20);
    assertThat(requireNonNull(net.lanes().get("c_0")).cars()).as("a footway").isFalse();
    assertThat(net.links()).extracting(link -> link.from().id() + "→" + link.to().id()).containsExactly("a_0→b_0",
        "c_0→d_0");
    assertThat(light.programs().getFirst().cycleSeconds()).isEqualTo(56);
    assertThat(light.programs().getFirst().offsetSeconds()).isEqualTo(3);
    assertThat(net.report().assumptions()).singleElement().asString().contains("no intergreens");
  }

  @Test
  void theLastLetterOfAMatrixRowStandsForTheFirstWay() throws NetworkRefused {
    var rightOfWay = read(CROSSING).rightOfWay("J").orElseThrow();

    assertThat(rightOfWay.areFoes(0, 1)).isTrue();
    assertThat(rightOfWay.areFoes(0, 0)).isFalse();
    assertThat(rightOfWay.givesWay(0, 1)).isTrue();
    assertThat(rightOfWay.givesWay(1, 0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                                                                length="150"            | length="-1"            | expected 0 or more
                                                                length="150"            | length="abc"           | a number was expected
                                                                <net version="1.15">    | <routes>               | expected "net"
                                                                state="Gr"              | state="GrG"            | expected the same number
                                                                state="Gr"              | state="GX"             | expected letters
                                                                from="a" to="b"         | from="a" to="zz"       | names the lane "zz_0"
                                                                linkIndex="1"           | linkIndex="7"          | controls position 7
                                                                <request index="0"      | <request index="2"     | expected 3 without a gap
                                                                <edge id="b"            | <edge id="b"><lane id="a_0" length="1" speed="1"/></edge><edge id="b" | stands twice
                                                                """)
  void aBrokenNetworkIsRefusedWithItsPlace(String good, String bad, String reason) {
    assertThatThrownBy(() -> read(CROSSING.replaceFirst(java.util.regex.Pattern.quote(good), bad)))
        .isInstanceOf(NetworkRefused.class).hasMessageContaining("test.net.xml").hasMessageContaining(reason);
  }

  @Test
  void documentTypesAreRefusedBeforeTheyCanDoHarm() {
    var bomb = "<!DOCTYPE net [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><net>&b;</net>";

    assertThatThrownBy(() -> read(bomb)).isInstanceOf(NetworkRefused.class);
  }

  @ParameterizedTest
  @CsvSource({"cologne1,1", "cologne3,3", "ingolstadt7,7"})
  void readsTheDevelopmentNetworks(String name, int lights) throws NetworkRefused {
    var file = Path.of(System.getProperty("citycloud.shared", ""), "traffic", name, name + ".net.xml.gz");
    Assumptions.assumeTrue(Files.exists(file), () -> "The development network " + name + " is not here.");

    var net = SumoNetReader.read(file);

    assertThat(net.lights()).hasSize(lights);
    assertThat(net.lights().values()).allSatisfy(light -> {
      assertThat(light.links().values()).isNotEmpty();
      assertThat(light.links().values().stream().flatMap(java.util.List::stream))
          .allSatisfy(link -> assertThat(link.requestIndex()).as(link.toString()).isNotNegative());
    });
  }

  private static RoadNetwork read(String xml) throws NetworkRefused {
    return SumoNetReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "test.net.xml");
  }
}
