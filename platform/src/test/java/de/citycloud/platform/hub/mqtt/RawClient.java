package de.citycloud.platform.hub.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** MQTT byte by byte, for what a well-behaved client would never send. */
class RawClient implements AutoCloseable {
  final Socket socket;
  private final DataInputStream in;

  /** A packet from the server: type in the upper half of {@code head}. */
  record Packet(int head, byte[] body) {
    int type() {
      return head >> 4;
    }

    int at(int index) {
      return body[index] & 0xFF;
    }

    int id() {
      return at(0) << 8 | at(1);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
  }

  static byte[] utf(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return join(new byte[]{(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
  }

  static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] packet(int head, byte[]... parts) {
    var body = join(parts);
    var all = new ByteArrayOutputStream();
    all.write(head);
    int left = body.length;
    do {
      int digit = left % 128;
      left /= 128;
      all.write(left > 0 ? digit | 128 : digit);
    } while (left > 0);
    all.writeBytes(body);
    return all.toByteArray();
  }

  /** CONNECT of version 4 (3.1.1) or 5, clean; {@code key} null for an anonymous client. */
  static byte[] connect(int version, String clientId, @Nullable String key, int keepAliveSeconds) {
    int flags = key == null ? 2 : 0xC2;
    return packet(0x10, utf("MQTT"),
        new byte[]{(byte) version, (byte) flags, (byte) (keepAliveSeconds >> 8), (byte) keepAliveSeconds},
        version == 5 ? new byte[]{0} : new byte[0], utf(clientId),
        key == null ? new byte[0] : join(utf("key"), utf(key)));
  }

  static byte[] publish(int version, String topic, int packetId, byte[] payload) {
    return packet(packetId == 0 ? 0x30 : 0x32, utf(topic),
        packetId == 0 ? new byte[0] : new byte[]{(byte) (packetId >> 8), (byte) packetId},
        version == 5 ? new byte[]{0} : new byte[0], payload);
  }

  static byte[] publish(int version, String topic, int packetId, String payload) {
    return publish(version, topic, packetId, payload.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] subscribe(int version, int packetId, String filter, int qos) {
    return packet(0x82, new byte[]{(byte) (packetId >> 8), (byte) packetId}, version == 5 ? new byte[]{0} : new byte[0],
        utf(filter), new byte[]{(byte) qos});
  }

  void send(byte[]... packets) throws IOException {
    socket.getOutputStream().write(join(packets));
    socket.getOutputStream().flush();
  }

  /** The next packet. */
  Packet read() throws IOException {
    var packet = find();
    if (packet == null) {
      throw new AssertionError("The server closed, expected a packet.");
    }
    return packet;
  }

  /** True if the server closes without another packet. */
  boolean isClosed() throws IOException {
    return find() == null;
  }

  private @Nullable Packet find() throws IOException {
    try {
      int head = in.readUnsignedByte();
      int length = 0;
      int digit;
      int shift = 0;
      do {
        digit = in.readUnsignedByte();
        length |= (digit & 127) << shift;
        shift += 7;
      } while ((digit & 128) != 0);
      return new Packet(head, in.readNBytes(length));
    } catch (EOFException | SocketException e) {
      return null;
    }
  }

  /** Connects; returns the code of the CONNACK, -1 if the server closed. */
  int signIn(int version, String clientId, @Nullable String key) throws IOException {
    send(connect(version, clientId, key, 60));
    var answer = find();
    return answer == null ? -1 : answer.at(1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
