package com.ibstream.clocksync.ntp;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** An address for people: numeric, with its port. */
final class AddressText {

  private AddressText() {}

  static String of(InetSocketAddress address) {
    String host = InetAddresses.toAddrString(address.getAddress());
    return address.getAddress() instanceof Inet6Address
        ? "[" + host + "]:" + address.getPort()
        : host + ":" + address.getPort();
  }
}
