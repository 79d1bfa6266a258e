package com.ibstream.clocksync.ntp;

import com.ibstream.clocksync.facts.NtpRejection;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often each address may be asked, whatever anybody wants: public servers belong to other
 * people. Monitor thread only. Remembers kisses for as long as it lives.
 *
 * <p>A public address is granted four requests at least 4 s apart, and earns one more every 16 s; a
 * kiss RATE doubles that. Loopback and private addresses are asked at most every 250 ms. An address
 * that sent DENY or RSTR is not asked again.
 */
public final class AddressBudgets {

  /** The least distance between requests to a near address: loopback or private. */
  public static final long NEAR_SPACING_NANOS = 250_000_000L;

  /** The least distance between requests to a public address, within a burst. */
  public static final long PUBLIC_SPACING_NANOS = 4_000_000_000L;

  /** The least distance between requests to a public address in the long run. */
  public static final long PUBLIC_EARNING_NANOS = 16_000_000_000L;

  private static final int BURST = 4;
  private static final long LONGEST_EARNING_NANOS = 1_024_000_000_000L;
  private static final byte UNIQUE_LOCAL_MASK = (byte) 0xFE;
  private static final byte UNIQUE_LOCAL = (byte) 0xFC;

  private final Map<InetSocketAddress, Account> accounts = new HashMap<>();
  private final Map<InetAddress, Account> publicAccounts = new HashMap<>();

  /** Budgets with nothing spent. */
  public AddressBudgets() {}

  private static final class Account {
    private final boolean isNear;
    private boolean hasSent;
    private boolean isDenied;
    private boolean isKissed;
    private long lastSentMonoNanos;
    private long fullAgainMonoNanos;
    private long earningNanos = PUBLIC_EARNING_NANOS;

    Account(boolean isNear) {
      this.isNear = isNear;
    }
  }

  /**
   * Public servers have one account an address; on a near address every port may be another server.
   */
  private Account account(InetSocketAddress server) {
    Account known = accounts.get(server);
    if (known != null) {
      return known;
    }
    InetAddress address = server.getAddress();
    Account account =
        isNear(address)
            ? new Account(true)
            : publicAccounts.computeIfAbsent(address, unused -> new Account(false));
    accounts.put(server, account);
    return account;
  }

  /**
   * Whether an address is on this host or in a private network, where nobody else's servers are
   * loaded.
   *
   * @param address any
   * @return true for loopback, link-local, private and unique local addresses
   */
  public static boolean isNear(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || (address instanceof Inet6Address
            && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL);
  }

  /**
   * When a request may be sent.
   *
   * @param server to whom
   * @param wantedMonoNanos when it is wanted, on the ruler
   * @return that instant, or the first later one at which it is allowed; empty for one that told us
   *     to go away
   */
  public Optional<Long> earliestMonoNanos(InetSocketAddress server, long wantedMonoNanos) {
    Account account = account(server);
    if (account.isDenied) {
      return Optional.empty();
    }
    if (!account.hasSent) {
      return Optional.of(wantedMonoNanos);
    }
    if (account.isNear) {
      return Optional.of(later(wantedMonoNanos, account.lastSentMonoNanos + NEAR_SPACING_NANOS));
    }
    long spaced = account.lastSentMonoNanos + PUBLIC_SPACING_NANOS;
    long earned = account.fullAgainMonoNanos - (BURST - 1) * account.earningNanos;
    return Optional.of(later(wantedMonoNanos, later(spaced, earned)));
  }

  /**
   * Books a request.
   *
   * @param server to whom
   * @param sentMonoNanos when, on the ruler
   */
  public void spend(InetSocketAddress server, long sentMonoNanos) {
    Account account = account(server);
    long from = account.hasSent ? later(account.fullAgainMonoNanos, sentMonoNanos) : sentMonoNanos;
    account.fullAgainMonoNanos = from + account.earningNanos;
    account.lastSentMonoNanos = sentMonoNanos;
    account.hasSent = true;
  }

  /**
   * Remembers what a server thinks of being asked.
   *
   * @param server who refused
   * @param reason why; only kisses count
   */
  public void refused(InetSocketAddress server, NtpRejection reason) {
    Account account = account(server);
    if (reason == NtpRejection.KISS_DENY || reason == NtpRejection.KISS_RSTR) {
      account.isDenied = true;
    } else if (reason == NtpRejection.KISS_RATE) {
      account.isKissed = true;
      account.earningNanos = Math.min(2 * account.earningNanos, LONGEST_EARNING_NANOS);
    }
  }

  /**
   * Whether the server told us to go away.
   *
   * @param server who
   * @return true after DENY or RSTR
   */
  public boolean isDenied(InetSocketAddress server) {
    return account(server).isDenied;
  }

  /**
   * Whether the server told us to go away or to come less often: a measurement that wants many
   * samples ends there.
   *
   * @param server who
   * @return true after DENY, RSTR or RATE
   */
  public boolean isUnwelcome(InetSocketAddress server) {
    Account account = account(server);
    return account.isDenied || account.isKissed;
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }
}
