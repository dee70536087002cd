package dev.rendezvous.playground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Every port that a system opens, each moved by the same base, so that two systems never meet.
 *
 * @param base what {@code --port-base} says
 */
record Ports(int base) {

  int gateway() {
    return base + 8080;
  }

  int gatewayManagement() {
    return base + 9080;
  }

  int order() {
    return base + 5002;
  }

  int orderManagement() {
    return base + 9002;
  }

  /** Of user service 1, 2, ...: 5001, 5011, ... */
  int user(int number) {
    return base + 4991 + 10 * number;
  }

  int userManagement(int number) {
    return base + 8991 + 10 * number;
  }

  int usersDatabase() {
    return base + 5433;
  }

  int ordersDatabase() {
    return base + 5434;
  }

  int consul() {
    return base + 8500;
  }

  int consulServer() {
    return base + 8300;
  }

  int consulSerf() {
    return base + 8301;
  }

  /** All that either variant opens, by the name of what wants it. */
  Map<String, Integer> all(int users) {
    Map<String, Integer> all = new LinkedHashMap<>();
    all.put("users-db", usersDatabase());
    all.put("orders-db", ordersDatabase());
    all.put("consul", consul());
    all.put("consul (server)", consulServer());
    all.put("consul (serf)", consulSerf());
    for (int number = 1; number <= users; number++) {
      all.put("user-" + number, user(number));
      all.put("user-" + number + " (management)", userManagement(number));
    }
    all.put("order", order());
    all.put("order (management)", orderManagement());
    all.put("gateway", gateway());
    all.put("gateway (management)", gatewayManagement());
    return all;
  }

  /**
   * @param patience how long to wait for those that are taken now
   * @throws StartFailure naming the first port that somebody else holds, and who wanted it
   */
  static void requireFree(Map<String, Integer> wanted, Duration patience) {
    Await.until(patience, () -> firstTaken(wanted).isEmpty());
    firstTaken(wanted)
        .ifPresent(
            taken -> {
              throw new StartFailure(
                  "port "
                      + taken.getValue()
                      + " is in use; "
                      + taken.getKey()
                      + " wants it (--port-base N moves every port by N)");
            });
  }

  private static Optional<Map.Entry<String, Integer>> firstTaken(Map<String, Integer> wanted) {
    return wanted.entrySet().stream().filter(entry -> !isFree(entry.getValue())).findFirst();
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }

  /** A port that is free at this moment, given by the operating system. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartFailure("no free port: " + e.getMessage());
    }
  }

  /** A base by which every port is free at this moment. */
  static int freeBase(int users) {
    Random random = new Random();
    for (int attempt = 0; attempt < 1_000; attempt++) {
      // Below 32768 at the top: above it the system hands out ports to outgoing connections.
      int base = 1 + random.nextInt(22_000);
      if (firstTaken(new Ports(base).all(users)).isEmpty()) {
        return base;
      }
    }
    throw new StartFailure("found no port base by which all ports are free");
  }
}
