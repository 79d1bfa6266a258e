package com.ibstream.clocksync.ntp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each address may be asked, whatever anybody wants: public servers belong to other
 * people. Monitor thread only; shared by everything in a process that asks.
 *
 * <p>A public address is granted four requests at least 4 s apart, and earns one more every 16 s.
 * Loopback and private addresses are asked at most every 250 ms.
 */
public final class AddressBudgets {

  /** The least distance between requests to a near address: loopback or private. */
  public static final long NEAR_SPACING_NANOS = 250_000_000L;

  /** The least distance between requests to a public address, within a burst. */
  public static final long PUBLIC_SPACING_NANOS = 4_000_000_000L;

  /** The least distance between requests to a public address in the long run. */
  public static final long PUBLIC_EARNING_NANOS = 16_000_000_000L;

  private static final int BURST = 4;
  private static final byte UNIQUE_LOCAL_MASK = (byte) 0xFE;
  private static final byte UNIQUE_LOCAL = (byte) 0xFC;

  private final Map<InetAddress, Account> accounts = new HashMap<>();

  /** An account with nothing spent. */
  public AddressBudgets() {}

  private static final class Account {
    private long lastSentMonoNanos;
    private long fullAgainMonoNanos;
  }

  /**
   * Whether an address is on this host or in a private network, where nobody else's servers are
   * loaded.
   *
   * @param address any
   * @return true for loopback, link-local, private and unique local addresses
   */
  public static boolean isNear(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean isUniqueLocal =
        bytes.length > Integer.BYTES && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || isUniqueLocal;
  }

  /**
   * When a request may be sent.
   *
   * @param server to whom
   * @param wantedMonoNanos when it is wanted, on the ruler
   * @return that instant, or the first later one at which it is allowed
   */
  public long earliestMonoNanos(InetSocketAddress server, long wantedMonoNanos) {
    Account account = accounts.get(server.getAddress());
    if (account == null || isNear(server.getAddress())) {
      return wantedMonoNanos; // near sources keep their spacing themselves: several may share an
      // address
    }
    long spaced = account.lastSentMonoNanos + PUBLIC_SPACING_NANOS;
    long earned = account.fullAgainMonoNanos - (BURST - 1) * PUBLIC_EARNING_NANOS;
    return later(wantedMonoNanos, later(spaced, earned));
  }

  /**
   * Books a request.
   *
   * @param server to whom
   * @param sentMonoNanos when, on the ruler
   */
  public void spend(InetSocketAddress server, long sentMonoNanos) {
    Account account = accounts.get(server.getAddress());
    if (account == null) {
      account = new Account();
      account.fullAgainMonoNanos = sentMonoNanos;
      accounts.put(server.getAddress(), account);
    }
    account.lastSentMonoNanos = sentMonoNanos;
    account.fullAgainMonoNanos =
        later(account.fullAgainMonoNanos, sentMonoNanos) + PUBLIC_EARNING_NANOS;
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }
}
