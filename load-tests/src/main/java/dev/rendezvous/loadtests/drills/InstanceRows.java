package dev.rendezvous.loadtests.drills;

import static dev.rendezvous.loadtests.drills.Waiting.await;
import static dev.rendezvous.loadtests.drills.Waiting.sleep;
import static dev.rendezvous.loadtests.drills.Waiting.within;

import dev.rendezvous.playground.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;

/** What happens to user services, and what their callers notice of it. */
public final class InstanceRows {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FOLLOWED = Duration.ofSeconds(20);
  private static final Duration GIVEN_UP = Duration.ofSeconds(3);

  private final DrillSystem system;
  private final Part second;

  /** Of a system of either variant. */
  public InstanceRows(DrillSystem system) {
    this.system = system;
    this.second = system.part("user-2");
  }

  public Row killed() {
    return system.underLoad(
        "a user service gets SIGKILL and is restarted",
        row -> {
          long event = System.nanoTime();
          row.mark("SIGKILL");
          second.kill();
          row.set("seconds until out", await("out", event, () -> system.out("user-2")));
          second.start();
          second.awaitReady(PATIENCE);
          row.mark("ready");
          row.set("seconds from ready until back", await("back", () -> system.in("user-2")));
        });
  }

  public Row hangs() {
    return system.underLoad(
        "a user service hangs (SIGSTOP) and goes on",
        row -> {
          long event = System.nanoTime();
          row.mark("SIGSTOP");
          second.pause();
          row.set("seconds until out", await("out", event, () -> system.out("user-2")));
          sleep(Duration.ofSeconds(4));
          row.mark("SIGCONT");
          second.resume();
          row.set("seconds from SIGCONT until back", await("back", () -> system.in("user-2")));
        });
  }

  /** A healthy answer takes some 5 ms under this load, so 50 ms are added. */
  public Row tenTimesSlower() {
    system.playground().slow("user-2", Duration.ZERO); // behind the proxy before the load starts
    Row measured =
        system.underLoad(
            "a user service is 10 times slower",
            row -> {
              // The proxy alone makes it slower than its peer, and callers notice even that.
              double warm = await("traffic of its own", () -> share(Duration.ofSeconds(1)) > 0.1);
              row.set("seconds until it had a tenth of the traffic after its start", warm);
              row.mark("10 times slower");
              system.playground().slow("user-2", Duration.ofMillis(50));
              sleep(Duration.ofSeconds(2));
              row.set("share of its traffic after 2 s", share(Duration.ofSeconds(5)));
            });
    system.playground().direct("user-2");
    return measured;
  }

  private double share(Duration period) {
    double first = system.served("user-1");
    double slowed = system.served("user-2");
    sleep(period);
    first = system.served("user-1") - first;
    slowed = system.served("user-2") - slowed;
    return slowed / (first + slowed);
  }

  /** Where the callers ask a registry. */
  public Row moves() {
    int port = freePort();
    return system.underLoad(
        "a user service moves to another port, same id",
        row -> {
          row.mark("moves");
          Thread move = new Thread(() -> system.playground().move("user-2", port));
          move.start();
          await("Consul knows", () -> system.consulKnows("user-service", "user-2", port));
          double followed = within(FOLLOWED, () -> system.portKnown("user-2", port));
          row.set("seconds from Consul to the callers", followed);
          join(move);
          row.mark("ready");
        });
  }

  /** Where the callers have a list that does not change: it moves and at last moves back. */
  public Row movesAway() {
    int port = freePort();
    int listed = URI.create(second.address()).getPort();
    return system.underLoad(
        "a user service moves to another port, same id",
        row -> {
          row.mark("moves");
          system.playground().move("user-2", port);
          double followed = within(GIVEN_UP, () -> system.portKnown("user-2", port));
          row.set("seconds until it was followed", followed);
          row.mark("moves back");
          system.playground().move("user-2", listed);
        });
  }

  /** Only reads: the order service, of which there is one, is away for a moment. */
  public Row swapsAddresses() {
    return system.underReads(
        "a user service and the order service swap addresses",
        row -> {
          row.mark("SIGKILL to both");
          system.playground().swap("user-2", "order");
          row.set("seconds from ready until back", await("back", () -> system.in("user-2")));
          row.set("requests refused by the wrong service", system.misdirected());
        });
  }

  public Row rollingRestart() {
    return system.underLoad(
        "a rolling restart of both user services",
        row -> {
          long event = System.nanoTime();
          for (String user : DrillSystem.USERS) {
            row.mark(user + " restarts");
            system.part(user).restart();
            await("back", () -> system.in(user));
          }
          row.set("seconds for both", Waiting.seconds(event, System.nanoTime()));
        });
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
