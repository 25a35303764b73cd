package de.citycloud.platform.guard;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Network addresses as the program uses and writes them. */
public final class NetworkAddress {
  private NetworkAddress() {}

  /** An IPv4 address as it is; of IPv6 the first 64 bits, which one household or server has to itself. */
  public static String counted(String address) {
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

  /** So much of an address that it names no single household: IPv4 without its last part, of IPv6 the first 48 bits. */
  public static String truncated(String address) {
    if (address.indexOf(':') < 0) {
      int last = address.lastIndexOf('.');
      return last < 0 ? "unknown" : address.substring(0, last) + ".0";
    }
    var network = counted(address);
    var parts = network.split(":", 4);
    return parts.length < 4 ? "unknown" : parts[0] + ":" + parts[1] + ":" + parts[2] + "::/48";
  }
}
