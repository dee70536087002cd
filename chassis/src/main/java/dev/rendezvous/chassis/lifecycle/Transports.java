package dev.rendezvous.chassis.lifecycle;

import io.vertx.core.transport.Transport;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a process speaks to the kernel: by epoll or kqueue, else by what the JDK has.
 *
 * <p>The system property {@value #PROPERTY} names one of {@code io_uring}, {@code epoll}, {@code
 * kqueue} and {@code nio}; one that is not to be had here is passed over. io_uring is taken only
 * where it is named, because of what Netty 4.2.15 to 4.2.18 does with a connection that its peer
 * has closed (docs/decisions/0013-io-uring-on-request.md).
 */
final class Transports {
  static final String PROPERTY = "rendezvous.transport";

  /**
   * Off, because with it Netty misses a reset that comes right behind data: such a poll tells of
   * changes alone, and the read before it ends where the socket holds no more data.
   */
  private static final String POLL_MULTISHOT = "io.netty.iouring.pollAddMultishotEnabled";

  private static final String IO_URING = "io_uring";

  private Transports() {}

  /** The one to use, never null: the last is always there. */
  static Transport choose() {
    var wanted = System.getProperty(PROPERTY);
    if (IO_URING.equals(wanted)) {
      if (System.getProperty(POLL_MULTISHOT) == null) {
        System.setProperty(POLL_MULTISHOT, "false"); // Read once, when the class is loaded.
      }
      return choose(wanted, Transport.IO_URING, Transport.EPOLL, Transport.KQUEUE, Transport.NIO);
    }
    return choose(wanted, Transport.EPOLL, Transport.KQUEUE, Transport.NIO);
  }

  /** The first that is wanted and works; Vert.x has null for those of other platforms. */
  static Transport choose(@Nullable String wanted, @Nullable Transport... bestFirst) {
    var available =
        Arrays.stream(bestFirst).filter(Objects::nonNull).filter(Transport::available).toList();
    return available.stream()
        .filter(transport -> wanted == null || wanted.equals(transport.name()))
        .findFirst()
        .orElse(available.get(0));
  }
}
