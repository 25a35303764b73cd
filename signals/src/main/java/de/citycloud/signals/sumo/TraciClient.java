package de.citycloud.signals.sumo;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of SUMO's Traffic Control Interface (TraCI API 20), as far as signal control needs it. One round trip a
 * step: everything that is to be seen comes as a subscription.
 *
 * <p>Not for several threads. A peer that hangs or dies ends in a {@link TraciFailure} within the time limit.
 */
final class TraciClient implements AutoCloseable {
  private static final int GET_VERSION = 0x00;
  private static final int STEP = 0x02;
  private static final int CLOSE = 0x7f;
  private static final int GET_LIGHT = 0xa2;
  private static final int GET_SIMULATION = 0xab;
  private static final int SET_LIGHT = 0xc2;
  private static final int SUBSCRIBE_JUNCTION_SURROUNDINGS = 0x89;
  private static final int SUBSCRIBE_LOOP = 0xd0;
  private static final int DOMAIN_VEHICLE = 0xa4;

  private static final int VAR_STATE = 0x20;
  private static final int VAR_TIME = 0x66;
  private static final int VAR_SPEED = 0x40;
  private static final int VAR_LENGTH = 0x44;
  private static final int VAR_CLASS = 0x49;
  private static final int VAR_LANE = 0x51;
  private static final int VAR_LANE_POSITION = 0x56;
  private static final int VAR_LOOP_COUNT = 0x10;
  private static final int VAR_LOOP_OCCUPANCY = 0x13;

  private static final int TYPE_UBYTE = 0x07;
  private static final int TYPE_BYTE = 0x08;
  private static final int TYPE_INTEGER = 0x09;
  private static final int TYPE_DOUBLE = 0x0b;
  private static final int TYPE_STRING = 0x0c;
  private static final int TYPE_STRING_LIST = 0x0e;
  private static final int TYPE_COMPOUND = 0x0f;

  private static final int DEEPEST_VALUE = 20;
  private static final int LARGEST_MESSAGE = 256 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Socket socket;
  private final Duration patience;
  private final DataInputStream in;
  private final DataOutputStream out;

  private TraciClient(Socket socket, Duration patience) throws IOException {
    this.socket = socket;
    this.patience = patience;
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    out = new DataOutputStream(socket.getOutputStream());
  }

  /**
   * A vehicle as a camera at the junction would see it.
   *
   * @param id name that lets it be followed
   * @param laneId where it is
   * @param positionMetres from the start of the lane, m
   * @param speedMetresPerSecond 0 or more
   * @param lengthMetres its length, m
   * @param vehicleClass {@code passenger}, {@code bus}, {@code tram} …
   */
  record SeenVehicle(String id, String laneId, double positionMetres, double speedMetresPerSecond,
      double lengthMetres, String vehicleClass) {}

  /**
   * What an induction loop says of the last step.
   *
   * @param vehicles that were on it
   * @param occupancyShare part of the time it was covered, 0 to 1
   */
  record LoopReading(int vehicles, double occupancyShare) {}

  /** What one step brought. */
  record StepResult(Map<String, SeenVehicle> vehicles, Map<String, LoopReading> loops) {}

  /**
   * Connects to a peer on this machine, trying again for some seconds, since SUMO opens its port late.
   *
   * @throws TraciFailure if nobody listens or the peer is no TraCI server
   */
  static TraciClient connect(int port) throws TraciFailure {
    return connect(port, PATIENCE);
  }

  /** As above; {@code patience} is how long to wait for each answer. */
  static TraciClient connect(int port, Duration patience) throws TraciFailure {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      var socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) patience.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        var client = new TraciClient(socket, patience);
        client.call(GET_VERSION, new byte[0]);
        return client;
      } catch (ConnectException e) {
        closeQuietly(socket);
        if (System.nanoTime() > end) {
          throw new TraciFailure("""
                                 Nobody listens on TraCI port %d.
                                 Maybe start SUMO with --remote-port %d first.""".formatted(port, port), e);
        }
        pause();
      } catch (IOException e) {
        closeQuietly(socket);
        throw new TraciFailure("The peer on TraCI port %d does not answer as SUMO does: %s".formatted(port,
            e.getMessage()), e);
      }
    }
  }

  /** Asks to see all vehicles within {@code rangeMetres} of a junction at each step. */
  void watchJunction(String junction, double rangeMetres) throws TraciFailure {
    var body = new Body();
    body.number(0).number(Double.MAX_VALUE).text(junction).octet(DOMAIN_VEHICLE).number(rangeMetres).octet(5)
        .octet(VAR_LANE).octet(VAR_LANE_POSITION).octet(VAR_SPEED).octet(VAR_LENGTH).octet(VAR_CLASS);
    call(SUBSCRIBE_JUNCTION_SURROUNDINGS, body.bytes());
  }

  /** Asks for the reading of an induction loop at each step. */
  void watchLoop(String loop) throws TraciFailure {
    var body = new Body();
    body.number(0).number(Double.MAX_VALUE).text(loop).octet(2).octet(VAR_LOOP_COUNT).octet(VAR_LOOP_OCCUPANCY);
    call(SUBSCRIBE_LOOP, body.bytes());
  }

  /** Simulates one step and returns what is to be seen after it. */
  StepResult step() throws TraciFailure {
    var answer = call(STEP, new Body().number(0).bytes());
    var vehicles = new HashMap<String, SeenVehicle>();
    var loops = new HashMap<String, LoopReading>();
    try {
      for (int count = answer.readInt(); count > 0; count--) {
        int length = answer.readUnsignedByte();
        if (length == 0) {
          answer.readInt();
        }
        int kind = answer.readUnsignedByte();
        var object = text(answer);
        if (kind == SUBSCRIBE_JUNCTION_SURROUNDINGS + 0x10) {
          readSurroundings(answer, vehicles);
        } else {
          var values = values(answer, answer.readUnsignedByte());
          if (values.get(VAR_LOOP_COUNT) instanceof Integer seen
              && values.get(VAR_LOOP_OCCUPANCY) instanceof Double percent) {
            loops.put(object, new LoopReading(seen, Math.clamp(percent / 100, 0, 1)));
          }
        }
      }
    } catch (IOException e) {
      throw new TraciFailure("The answer to a step ends too early.", e);
    }
    return new StepResult(vehicles, loops);
  }

  private static void readSurroundings(DataInputStream answer, Map<String, SeenVehicle> vehicles)
      throws IOException, TraciFailure {
    answer.readUnsignedByte();
    int variables = answer.readUnsignedByte();
    for (int objects = answer.readInt(); objects > 0; objects--) {
      var id = text(answer);
      var values = values(answer, variables);
      if (values.get(VAR_LANE) instanceof String lane && values.get(VAR_LANE_POSITION) instanceof Double position
          && values.get(VAR_SPEED) instanceof Double speed && values.get(VAR_LENGTH) instanceof Double length
          && values.get(VAR_CLASS) instanceof String vehicleClass) {
        vehicles.put(id, new SeenVehicle(id, lane, position, Math.max(0, speed), length, vehicleClass));
      }
    }
  }

  private static Map<Integer, Object> values(DataInputStream answer, int variables) throws IOException, TraciFailure {
    var values = new HashMap<Integer, Object>();
    for (int i = 0; i < variables; i++) {
      int variable = answer.readUnsignedByte();
      boolean ok = answer.readUnsignedByte() == 0;
      var value = value(answer);
      if (ok) {
        values.put(variable, value);
      }
    }
    return values;
  }

  /** Simulated time, s. */
  double time() throws TraciFailure {
    if (get(GET_SIMULATION, VAR_TIME, "") instanceof Double seconds && Double.isFinite(seconds)) {
      return seconds;
    }
    throw new TraciFailure("SUMO told no time, expected a number of seconds.", null);
  }

  /** The letters that a traffic light shows. */
  String state(String light) throws TraciFailure {
    return String.valueOf(get(GET_LIGHT, VAR_STATE, light));
  }

  /** Sets the letters that a traffic light shows; SUMO does not check them. */
  void show(String light, String state) throws TraciFailure {
    call(SET_LIGHT, new Body().octet(VAR_STATE).text(light).octet(TYPE_STRING).text(state).bytes());
  }

  private Object get(int command, int variable, String object) throws TraciFailure {
    var answer = call(command, new Body().octet(variable).text(object).bytes());
    try {
      if (answer.readUnsignedByte() == 0) {
        answer.readInt();
      }
      answer.readUnsignedByte();
      answer.readUnsignedByte();
      text(answer);
      return value(answer);
    } catch (IOException e) {
      throw new TraciFailure("The answer to command 0x%02x ends too early.".formatted(command), e);
    }
  }

  /** Sends one command, checks its status and returns what follows it. */
  private DataInputStream call(int command, byte[] content) throws TraciFailure {
    try {
      var message = new ByteArrayOutputStream(content.length + 12);
      var data = new DataOutputStream(message);
      boolean small = content.length + 2 <= 255;
      data.writeInt(4 + content.length + (small ? 2 : 6));
      if (small) {
        data.writeByte(content.length + 2);
      } else {
        data.writeByte(0);
        data.writeInt(content.length + 6);
      }
      data.writeByte(command);
      data.write(content);
      out.write(message.toByteArray());
      out.flush();
      int length = in.readInt();
      if (length < 4 || length > LARGEST_MESSAGE) {
        throw new IOException("a message of %d bytes, expected 4 to %d".formatted(length, LARGEST_MESSAGE));
      }
      var answer = new DataInputStream(new ByteArrayInputStream(in.readNBytes(length - 4)));
      if (answer.readUnsignedByte() == 0) {
        answer.readInt();
      }
      int of = answer.readUnsignedByte();
      int result = answer.readUnsignedByte();
      var why = text(answer);
      if (of != command || result != 0) {
        throw new TraciFailure("SUMO refused command 0x%02x with %d: %s".formatted(command, result, why), null);
      }
      return answer;
    } catch (SocketTimeoutException e) {
      closeQuietly(socket);
      throw new TraciFailure("SUMO has not answered for %d s, expected an answer to command 0x%02x."
          .formatted(patience.toSeconds(), command), e);
    } catch (IOException e) {
      closeQuietly(socket);
      throw new TraciFailure("The connection to SUMO broke at command 0x%02x: %s".formatted(command,
          e.getMessage() == null ? "it ended, expected an answer." : e.getMessage()), e);
    }
  }

  private static Object value(DataInputStream in) throws IOException, TraciFailure {
    return value(in, 0);
  }

  private static Object value(DataInputStream in, int depth) throws IOException, TraciFailure {
    if (depth > DEEPEST_VALUE) {
      throw new TraciFailure("SUMO sent more than %d values within each other, expected fewer.".formatted(depth), null);
    }
    int type = in.readUnsignedByte();
    return switch (type) {
      case TYPE_UBYTE, TYPE_BYTE -> in.readByte();
      case TYPE_INTEGER -> in.readInt();
      case TYPE_DOUBLE -> in.readDouble();
      case TYPE_STRING -> text(in);
      case TYPE_STRING_LIST -> {
        var texts = new ArrayList<String>();
        for (int count = in.readInt(); count > 0; count--) {
          texts.add(text(in));
        }
        yield List.copyOf(texts);
      }
      case TYPE_COMPOUND -> {
        var parts = new ArrayList<Object>();
        for (int count = in.readInt(); count > 0; count--) {
          parts.add(value(in, depth + 1));
        }
        yield List.copyOf(parts);
      }
      default -> throw new TraciFailure("SUMO sent a value of type 0x%02x, expected one we asked for.".formatted(type),
          null);
    };
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of %d bytes, expected at most %d".formatted(length, in.available()));
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      if (!socket.isClosed()) {
        call(CLOSE, new byte[0]);
      }
    } catch (TraciFailure e) {
      // The peer is gone already: that is what was wanted.
      return;
    } finally {
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // Nothing is lost: nobody reads from it any more.
      return;
    }
  }

  private static void pause() throws TraciFailure {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TraciFailure("Interrupted while waiting for SUMO.", e);
    }
  }

  /** Content of a command. */
  private static final class Body {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Body octet(int value) {
      bytes.write(value);
      return this;
    }

    Body number(double value) {
      return raw(Double.doubleToLongBits(value), 8);
    }

    Body text(String value) {
      var encoded = value.getBytes(StandardCharsets.UTF_8);
      raw(encoded.length, 4);
      bytes.writeBytes(encoded);
      return this;
    }

    private Body raw(long value, int octets) {
      for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
        bytes.write((int) (value >>> shift) & 0xff);
      }
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
