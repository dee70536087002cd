package dev.rendezvous.loadtests.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.load.LoadGenerator;
import dev.rendezvous.loadtests.load.LoadRun;
import dev.rendezvous.loadtests.load.Request;
import dev.rendezvous.loadtests.load.StreamPlan;
import dev.rendezvous.loadtests.load.StreamResult;
import dev.rendezvous.loadtests.proxy.ProxyName;
import dev.rendezvous.loadtests.proxy.ProxySettings;
import dev.rendezvous.loadtests.proxy.RunningProxy;
import dev.rendezvous.loadtests.upstream.Upstream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that only hold connections do not get in the way of those that ask. */
@Timeout(180)
class CrowdIT {
  private static final double RATE = 300;
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration CROWDED = Duration.ofSeconds(18);

  /** The gateway's time for a head is 10 s. */
  private static final Duration CUT = Duration.ofSeconds(30);

  private static final int OTHER_FILES = 500;

  @Test
  void aThousandIdleConnectionsAndSlowHeadsDisturbNobody() throws Exception {
    crowd(1000, 100);
  }

  @Test
  @Tag("long")
  void tenThousandIdleConnectionsAndSlowHeadsDisturbNobody() throws Exception {
    crowd(10_000, 500);
  }

  private static void crowd(int idle, int slow) throws Exception {
    assertThat(OpenFiles.limit())
        .as("open files that a process may have; `ulimit -Hn` raises it")
        .isGreaterThan(idle + slow + OTHER_FILES);
    Upstream upstream = Upstream.start();
    try (RunningProxy gateway =
        RunningProxy.start(ProxyName.RENDEZVOUS, ProxySettings.inFrontOf(upstream.address()))) {
      InetSocketAddress address =
          new InetSocketAddress(gateway.address().host(), gateway.address().port());
      StreamResult ignored = await(start(address, QUIET)); // compiles what the next one measures
      StreamResult quiet = await(start(address, QUIET));
      StreamResult crowded;
      try (IdleClients clients = IdleClients.connect(address, idle);
          SlowHeads heads = new SlowHeads(address, slow, idle)) {
        LoadRun run = start(address, CROWDED);
        int cut = heads.sendUntilCut(CUT);
        crowded = await(run);
        assertThat(cut).as("slow heads that were cut").isEqualTo(slow);
        assertThat(clients.open()).as("idle connections that stayed").isEqualTo(idle);
      }
      System.out.printf(
          "%d idle connections and %d slow heads: p50 %.0f µs, p99 %.0f µs; quiet: %.0f µs,"
              + " %.0f µs; p99 ratio %.2f; %d requests at %.0f/s, none failed%n",
          idle,
          slow,
          crowded.latencyMicros(50),
          crowded.latencyMicros(99),
          quiet.latencyMicros(50),
          quiet.latencyMicros(99),
          crowded.latencyMicros(99) / quiet.latencyMicros(99),
          ignored.ok() + quiet.ok() + crowded.ok(),
          RATE);
    } finally {
      upstream.stop();
    }
  }

  private static LoadRun start(InetSocketAddress gateway, Duration length) {
    Request get = Request.get("/service/small", "ordinary");
    return LoadGenerator.start(
        List.of(StreamPlan.open("ordinary", gateway, RATE, length, number -> get)));
  }

  private static StreamResult await(LoadRun run) {
    StreamResult result = run.await().stream("ordinary");
    assertThat(result.failed()).as(result.summary()).isZero();
    return result;
  }
}
