package de.citycloud.signals.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.simulate.Trip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemandFileTest {
  @TempDir
  private Path folder;

  @Test
  void tripsAndRoutesWithinThePeriodAreRead() throws IOException {
    assertThat(read("""
                    <trip id="a" depart="3" from="e1" to="e2"/>
                    <vehicle id="b" depart="4.5"><route edges="e1 e3 e2"/></vehicle>
                    <trip id="late" depart="10" from="e1" to="e2"/>
                    """)).extracting(Trip::id).containsExactly("a", "b");
  }

  @Test
  void vehiclesThatWaitForSomebodyAreLeftOutWithTheirRoutes() throws IOException {
    assertThat(read("""
                    <trip id="t" depart="triggered" from="e1" to="e2"/>
                    <vehicle id="v" depart="containerTriggered"><route edges="e1 e3 e2"/></vehicle>
                    <trip id="a" depart="3" from="e1" to="e2"/>
                    """)).extracting(Trip::id).containsExactly("a");
  }

  private List<Trip> read(String demand) throws IOException {
    var file = folder.resolve("d.rou.xml");
    Files.writeString(file, "<routes>" + demand + "</routes>");
    return DemandFile.read(file, 0, 10);
  }
}
