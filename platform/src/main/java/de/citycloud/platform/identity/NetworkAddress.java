package de.citycloud.platform.identity;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which address counts as one caller. */
final class NetworkAddress {
  private NetworkAddress() {}

  /** An IPv4 address as it is; of IPv6 the first 64 bits, which one household or server has to itself. */
  static String counted(String address) {
    if (address.indexOf(':') < 0) {
      return address.substring(0, Math.min(60, address.length()));
    }
    try {
      var parsed = InetAddress.ofLiteral(address.replaceFirst("%.*", ""));
      if (parsed instanceof Inet6Address) {
        var bytes = parsed.getAddress();
        var network = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
          network.append(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff)).append(':');
        }
        return network.append(":/64").toString();
      }
      return parsed.getHostAddress();
    } catch (IllegalArgumentException e) {
      return "unknown";
    }
  }

  /** For people: IPv4 without its last number, of IPv6 the first 48 bits. It shows a foreign network, and no person. */
  static String shortened(String address) {
    var counted = counted(address);
    return counted.contains(":")
        ? counted.replaceFirst("^((?:[0-9a-f]+:){3}).*$", "$1:/48")
        : counted.replaceFirst("\\.\\d+$", ".x");
  }
}
