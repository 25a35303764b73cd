package de.citycloud.platform.hub.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.util.List;

/**
 * Cuts the stream into whole packets before anything is decoded. A packet that is too large is refused by its length,
 * not after it was collected, and a packet whose inner lengths reach beyond its end cannot make the decoder wait for
 * more. Until the client has signed in, packets are small.
 */
class PacketGuard extends ByteToMessageDecoder {
  /** Room for a client id, user, key and some properties. */
  private static final int BEFORE_SIGN_IN_BYTES = 16 * 1024;
  private static final int LENGTH_BYTES = 4;

  private final Connection connection;
  private int limitBytes = BEFORE_SIGN_IN_BYTES;
  private long handedOn;
  private boolean deaf;

  PacketGuard(Connection connection) {
    this.connection = connection;
    setCumulator(MERGE_CUMULATOR);
  }

  /** From now on packets may have {@code bytes}. */
  void allow(int bytes) {
    limitBytes = bytes;
  }

  /** Goes on with what has arrived while the connection was held. */
  void resume(ChannelHandlerContext context) {
    try {
      channelRead(context, Unpooled.EMPTY_BUFFER);
    } catch (Exception e) {
      context.fireExceptionCaught(e);
    }
  }

  /** Ignores everything that still comes. */
  void stopListening() {
    deaf = true;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (deaf) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (connection.packetsSeen() != handedOn) {
      refuse(MqttReasonCodes.Disconnect.MALFORMED_PACKET, "A packet is shorter than what it says it contains.");
      return;
    }
    if (connection.isHeld()) {
      return;
    }
    int length = 0;
    int index = in.readerIndex() + 1;
    for (int i = 0; i < LENGTH_BYTES; i++, index++) {
      if (index >= in.writerIndex()) {
        return;
      }
      int digit = in.getUnsignedByte(index);
      length |= (digit & 0x7F) << 7 * i;
      if ((digit & 0x80) == 0) {
        int total = index + 1 - in.readerIndex() + length;
        if (total > limitBytes) {
          refuse(MqttReasonCodes.Disconnect.PACKET_TOO_LARGE,
              "The packet has %d bytes, expected %d at most.".formatted(total, limitBytes));
        } else if (in.readableBytes() >= total) {
          handedOn++;
          out.add(in.readRetainedSlice(total));
        }
        return;
      }
    }
    refuse(MqttReasonCodes.Disconnect.MALFORMED_PACKET, "The length of a packet has more than 4 bytes.");
  }

  private void refuse(MqttReasonCodes.Disconnect reason, String text) {
    deaf = true;
    connection.end(reason, text);
  }
}
