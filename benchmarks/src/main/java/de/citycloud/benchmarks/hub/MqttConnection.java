package de.citycloud.benchmarks.hub;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One MQTT 3.1.1 publisher with QoS 1 and a window of unacknowledged messages. */
final class MqttConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private int unacknowledged;
  private int lastPacketId;

  MqttConnection(int port, String clientId, String key) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    var connect = new ByteArrayOutputStream();
    var data = new DataOutputStream(connect);
    data.writeUTF("MQTT");
    data.write(new byte[]{4, (byte) 0xC2, 0, 60});
    data.writeUTF(clientId);
    data.writeUTF("key");
    data.writeUTF(key);
    packet(0x10, connect.toByteArray());
    out.flush();
    var answer = in.readNBytes(4);
    if (answer.length < 4 || answer[3] != 0) {
      throw new IOException("The MQTT door refused the connection with code " + (answer.length < 4 ? -1 : answer[3]));
    }
  }

  /** Publishes a message; waits for acknowledgements only when {@code window} messages are on their way. */
  void publish(String topic, String payload, int window) throws IOException {
    var body = new ByteArrayOutputStream();
    var data = new DataOutputStream(body);
    data.writeUTF(topic);
    lastPacketId = lastPacketId % 65_535 + 1;
    data.writeShort(lastPacketId);
    data.write(payload.getBytes(StandardCharsets.UTF_8));
    packet(0x32, body.toByteArray());
    unacknowledged++;
    if (unacknowledged >= window) {
      out.flush();
      acknowledged();
      while (in.available() >= 4) {
        acknowledged();
      }
    }
  }

  /** Waits until everything is acknowledged. */
  void finish() throws IOException {
    out.flush();
    while (unacknowledged > 0) {
      acknowledged();
    }
  }

  private void acknowledged() throws IOException {
    int type = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    in.readNBytes(length);
    if (type == 0x40) {
      unacknowledged--;
    }
  }

  private void packet(int type, byte[] body) throws IOException {
    out.write(type);
    int rest = body.length;
    do {
      int digit = rest % 128;
      rest /= 128;
      out.write(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
    out.write(body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
