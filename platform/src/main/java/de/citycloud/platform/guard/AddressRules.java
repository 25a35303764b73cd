package de.citycloud.platform.guard;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Which addresses belong to the public Internet (IANA special-purpose registries for IPv4 and IPv6). */
final class AddressRules {
  private static final List<Block> NOT_PUBLIC_4 = List.of(block("0.0.0.0", 8), // this network
      block("10.0.0.0", 8), block("172.16.0.0", 12), block("192.168.0.0", 16), // private
      block("100.64.0.0", 10), // shared by carriers (CGNAT)
      block("127.0.0.0", 8), // loopback
      block("169.254.0.0", 16), // link-local, and the metadata services of clouds
      block("192.0.0.0", 24), block("192.88.99.0", 24), // protocol assignments, old 6to4 relays
      block("192.0.2.0", 24), block("198.51.100.0", 24), block("203.0.113.0", 24), // documentation
      block("198.18.0.0", 15), // benchmarks
      block("224.0.0.0", 4), block("240.0.0.0", 4)); // multicast, reserved and broadcast
  private static final Block GLOBAL_6 = block("2000::", 3);
  private static final List<Block> NOT_PUBLIC_6 = List.of(block("2001::", 23), // Teredo, ORCHID and other protocols
      block("2001:db8::", 32), block("3fff::", 20), // documentation
      block("2002::", 16)); // 6to4: carries any IPv4 address

  private AddressRules() {}

  /** True if a packet to {@code address} goes to the public Internet and nowhere else. */
  static boolean isPublic(InetAddress address) {
    var bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> NOT_PUBLIC_4.stream().noneMatch(block -> block.contains(bytes));
      case Inet6Address _ ->
        GLOBAL_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(block -> block.contains(bytes));
      default -> false;
    };
  }

  private static Block block(String address, int bits) {
    try {
      return new Block(InetAddress.getByName(address).getAddress(), bits); // a literal: asks nobody
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  private record Block(byte[] prefix, int bits) {
    boolean contains(byte[] address) {
      int whole = bits / 8;
      if (address.length != prefix.length || !Arrays.equals(address, 0, whole, prefix, 0, whole)) {
        return false;
      }
      int rest = bits % 8;
      return rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0;
    }
  }
}
