package de.citycloud.signals.junction;

import de.citycloud.signals.network.NetworkRefused;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.network.SumoNetReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Small networks for tests. */
public final class TestNetworks {
  private TestNetworks() {}

  /**
   * One crossing: W→E with a left turn to N on its own lane, E→W against it, S→N across both, and people on foot over
   * the southern arm. The western approach is a stub of 1 m behind a node without a signal.
   *
   * <pre>
   *   0 W→E straight   1 W→N left (waits for 2)   2 E→W straight   3 S→N straight   4 people on foot (cross 3)
   * </pre>
   */
  public static RoadNetwork crossing() {
    return parse(CROSSING);
  }

  /** The network in the text of a file. */
  public static RoadNetwork parse(String net) {
    try {
      return SumoNetReader.read(new ByteArrayInputStream(net.getBytes(StandardCharsets.UTF_8)), "test.net.xml");
    } catch (NetworkRefused e) {
      throw new AssertionError(e);
    }
  }

  /** The file of {@link #crossing}. */
  public static final String CROSSING = """
                                        <net version="1.15">
                                          <edge id=":U_0" function="internal"><lane id=":U_0_0" index="0" speed="13.9" length="5"/></edge>
                                          <edge id=":U_1" function="internal"><lane id=":U_1_0" index="0" speed="13.9" length="5"/></edge>
                                          <edge id=":J_0" function="internal"><lane id=":J_0_0" index="0" speed="13.9" length="16"/></edge>
                                          <edge id=":J_1" function="internal"><lane id=":J_1_0" index="0" speed="8" length="18"/></edge>
                                          <edge id=":J_2" function="internal"><lane id=":J_2_0" index="0" speed="13.9" length="16"/></edge>
                                          <edge id=":J_3" function="internal"><lane id=":J_3_0" index="0" speed="13.9" length="16"/></edge>
                                          <edge id=":J_c0" function="crossing"><lane id=":J_c0_0" index="0" allow="pedestrian" speed="1" length="9"/></edge>
                                          <edge id=":J_w0" function="walkingarea"><lane id=":J_w0_0" index="0" allow="pedestrian" speed="1" length="3"/></edge>
                                          <edge id="far" from="A" to="U"><lane id="far_0" index="0" speed="13.9" length="200"/></edge>
                                          <edge id="west" from="U" to="J">
                                            <lane id="west_0" index="0" speed="13.9" length="1"/><lane id="west_1" index="1" speed="13.9" length="1"/>
                                          </edge>
                                          <edge id="east" from="E" to="J"><lane id="east_0" index="0" speed="13.9" length="300"/></edge>
                                          <edge id="south" from="S" to="J"><lane id="south_0" index="0" speed="13.9" length="300"/></edge>
                                          <edge id="toEast" from="J" to="E"><lane id="toEast_0" index="0" speed="13.9" length="300"/></edge>
                                          <edge id="toWest" from="J" to="U"><lane id="toWest_0" index="0" speed="13.9" length="300"/></edge>
                                          <edge id="toNorth" from="J" to="N"><lane id="toNorth_0" index="0" speed="13.9" length="300"/></edge>
                                          <tlLogic id="J" type="static" programID="0" offset="0">
                                            <phase duration="30" state="GgGrr"/><phase duration="3" state="yyyrr"/>
                                            <phase duration="20" state="rrrGr"/><phase duration="3" state="rrryr"/>
                                            <phase duration="10" state="rrrrG"/><phase duration="8" state="rrrrr"/>
                                          </tlLogic>
                                          <junction id="J" type="traffic_light" incLanes="west_0 west_1 east_0 south_0" intLanes=":J_0_0">
                                            <request index="0" response="01000" foes="01000" cont="0"/>
                                            <request index="1" response="01100" foes="01100" cont="0"/>
                                            <request index="2" response="00000" foes="01010" cont="0"/>
                                            <request index="3" response="10111" foes="10111" cont="0"/>
                                            <request index="4" response="00000" foes="01000" cont="0"/>
                                          </junction>
                                          <connection from="far" to="west" fromLane="0" toLane="0" via=":U_0_0" dir="s" state="M"/>
                                          <connection from="far" to="west" fromLane="0" toLane="1" via=":U_1_0" dir="s" state="M"/>
                                          <connection from="west" to="toEast" fromLane="0" toLane="0" via=":J_0_0" tl="J" linkIndex="0" dir="s" state="o"/>
                                          <connection from="west" to="toNorth" fromLane="1" toLane="0" via=":J_1_0" tl="J" linkIndex="1" dir="l" state="o"/>
                                          <connection from="east" to="toWest" fromLane="0" toLane="0" via=":J_2_0" tl="J" linkIndex="2" dir="s" state="o"/>
                                          <connection from="south" to="toNorth" fromLane="0" toLane="0" via=":J_3_0" tl="J" linkIndex="3" dir="s" state="o"/>
                                          <connection from=":J_w0" to=":J_c0" fromLane="0" toLane="0" tl="J" linkIndex="4" dir="s" state="M"/>
                                        </net>
                                        """;

  /**
   * A junction J of two one-way approaches, west and south, whose exit leads past two nodes without a signal, P and Q,
   * 20 m apart. Vehicles may turn round at both.
   *
   * <pre>
   *   west ──▶ J ──out──▶ P ──pq──▶ Q ──▶ away
   *   south ─▶ J ◀──in─── P ◀──qp── Q ◀── back
   *
   *   0 west→out   1 south→out   2 in→toWest (meets 1)
   * </pre>
   */
  public static RoadNetwork turningBehind() {
    return parse(TURNING_BEHIND);
  }

  private static final String TURNING_BEHIND = """
                                               <net version="1.15">
                                                 <edge id=":J_0" function="internal"><lane id=":J_0_0" index="0" speed="13.9" length="10"/></edge>
                                                 <edge id=":J_1" function="internal"><lane id=":J_1_0" index="0" speed="8" length="10"/></edge>
                                                 <edge id=":J_2" function="internal"><lane id=":J_2_0" index="0" speed="13.9" length="10"/></edge>
                                                 <edge id="west" from="W" to="J"><lane id="west_0" index="0" speed="13.9" length="400"/></edge>
                                                 <edge id="south" from="S" to="J"><lane id="south_0" index="0" speed="13.9" length="300"/></edge>
                                                 <edge id="toWest" from="J" to="W"><lane id="toWest_0" index="0" speed="13.9" length="300"/></edge>
                                                 <edge id="out" from="J" to="P"><lane id="out_0" index="0" speed="13.9" length="60"/></edge>
                                                 <edge id="pq" from="P" to="Q"><lane id="pq_0" index="0" speed="13.9" length="20"/></edge>
                                                 <edge id="away" from="Q" to="Z"><lane id="away_0" index="0" speed="13.9" length="90"/></edge>
                                                 <edge id="back" from="Z" to="Q"><lane id="back_0" index="0" speed="13.9" length="90"/></edge>
                                                 <edge id="qp" from="Q" to="P"><lane id="qp_0" index="0" speed="13.9" length="20"/></edge>
                                                 <edge id="in" from="P" to="J"><lane id="in_0" index="0" speed="13.9" length="60"/></edge>
                                                 <tlLogic id="J" type="static" programID="0" offset="0">
                                                   <phase duration="30" state="GrG"/><phase duration="3" state="yry"/>
                                                   <phase duration="20" state="rGr"/><phase duration="3" state="ryr"/>
                                                 </tlLogic>
                                                 <junction id="J" type="traffic_light" incLanes="west_0 south_0 in_0" intLanes=":J_0_0">
                                                   <request index="0" response="010" foes="010" cont="0"/>
                                                   <request index="1" response="101" foes="101" cont="0"/>
                                                   <request index="2" response="000" foes="010" cont="0"/>
                                                 </junction>
                                                 <junction id="P" type="priority" incLanes="out_0 qp_0" intLanes="">
                                                   <request index="0" response="000" foes="100" cont="0"/>
                                                   <request index="1" response="000" foes="000" cont="0"/>
                                                   <request index="2" response="001" foes="001" cont="0"/>
                                                 </junction>
                                                 <junction id="Q" type="priority" incLanes="back_0 pq_0" intLanes="">
                                                   <request index="0" response="000" foes="100" cont="0"/>
                                                   <request index="1" response="000" foes="000" cont="0"/>
                                                   <request index="2" response="001" foes="001" cont="0"/>
                                                 </junction>
                                                 <connection from="west" to="out" fromLane="0" toLane="0" via=":J_0_0" tl="J" linkIndex="0" dir="s" state="o"/>
                                                 <connection from="south" to="out" fromLane="0" toLane="0" via=":J_1_0" tl="J" linkIndex="1" dir="r" state="o"/>
                                                 <connection from="in" to="toWest" fromLane="0" toLane="0" via=":J_2_0" tl="J" linkIndex="2" dir="s" state="o"/>
                                                 <connection from="out" to="pq" fromLane="0" toLane="0" dir="s" state="M"/>
                                                 <connection from="qp" to="in" fromLane="0" toLane="0" dir="s" state="M"/>
                                                 <connection from="qp" to="pq" fromLane="0" toLane="0" dir="t" state="m"/>
                                                 <connection from="back" to="qp" fromLane="0" toLane="0" dir="s" state="M"/>
                                                 <connection from="pq" to="away" fromLane="0" toLane="0" dir="s" state="M"/>
                                                 <connection from="pq" to="qp" fromLane="0" toLane="0" dir="t" state="m"/>
                                               </net>
                                               """;
}
