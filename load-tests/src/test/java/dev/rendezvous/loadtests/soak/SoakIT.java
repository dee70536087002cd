package dev.rendezvous.loadtests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.load.LoadGenerator;
import dev.rendezvous.loadtests.load.LoadResult;
import dev.rendezvous.loadtests.load.Request;
import dev.rendezvous.loadtests.load.RequestSource;
import dev.rendezvous.loadtests.load.StreamPlan;
import dev.rendezvous.loadtests.load.StreamResult;
import dev.rendezvous.loadtests.proxy.Address;
import dev.rendezvous.loadtests.proxy.Ports;
import dev.rendezvous.loadtests.proxy.ProxyName;
import dev.rendezvous.loadtests.proxy.ProxyRoute;
import dev.rendezvous.loadtests.proxy.ProxySettings;
import dev.rendezvous.loadtests.proxy.RunningProxy;
import dev.rendezvous.loadtests.upstream.Upstream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mixed traffic through the real jar, in phases; after each everything that it took for a client
 * must have been given back.
 */
@Timeout(600)
class SoakIT {
  private static final int PHASES = 4;

  /** One buffer of 64 bytes lost by every request would be more. */
  private static final long HEAP_NOISE = 6 << 20;

  /** Jars and the like that the JVM opens when it first needs them. */
  private static final long DESCRIPTOR_NOISE = 12;

  /** Of each stream: all together never fill the gateway's pool and queue, however busy it is. */
  private static final int CONNECTIONS = 16;

  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @Test
  void oneMinuteOfMixedTrafficLeavesNothingBehind() throws Exception {
    soak(Duration.ofSeconds(60), List.of("-Xmx96m"), 400);
  }

  @Test
  @Tag("long")
  void threeMinutesAtFullLoadLeaveNothingBehind() throws Exception {
    soak(Duration.ofMinutes(3), List.of("-Xmx96m"), 0);
  }

  @Test
  @Tag("long")
  void noBufferIsLostUnderTheParanoidLeakDetector() throws Exception {
    soak(
        Duration.ofSeconds(40),
        List.of("-Xmx256m", "-Dio.netty.leakDetection.level=paranoid"),
        100);
  }

  /**
   * Runs the phases.
   *
   * @param rate of the small requests; 0 for as many as connections that are kept full can carry
   */
  private static void soak(Duration length, List<String> flags, double rate) throws Exception {
    Duration phase = length.dividedBy(PHASES);
    Upstream upstream = Upstream.start();
    try (RunningProxy gateway =
        RunningProxy.start(ProxyName.RENDEZVOUS, settings(upstream, flags))) {
      GatewayProcess process = new GatewayProcess(gateway);
      long socketsBefore = process.sockets();
      long descriptorsBefore = process.descriptors();
      List<Long> live = new ArrayList<>();
      long requests = 0;
      try {
        for (int i = 0; i < PHASES; i++) {
          requests += phase(gateway.address(), phase, rate);
          live.add(process.liveBytes());
        }
      } finally {
        process.keepLog(Path.of("target", "soak-gateway.log"));
      }
      upstream.stop();
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (process.sockets() > socketsBefore && System.nanoTime() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      System.out.printf(
          "soak of %d s: %d requests; live bytes after each phase %s; sockets %d -> %d,"
              + " descriptors %d -> %d%n",
          length.toSeconds(),
          requests,
          live,
          socketsBefore,
          process.sockets(),
          descriptorsBefore,
          process.descriptors());
      assertThat(process.sockets()).as("sockets").isLessThanOrEqualTo(socketsBefore);
      assertThat(process.descriptors())
          .as("descriptors")
          .isLessThanOrEqualTo(descriptorsBefore + DESCRIPTOR_NOISE);
      assertThat(live.subList(1, PHASES))
          .as("live bytes, %s", live)
          .allSatisfy(bytes -> assertThat(bytes).isLessThan(live.get(0) + HEAP_NOISE));
      assertThat(process.leaks()).isEmpty();
      assertThat(process.complaints()).isEmpty();
    } finally {
      upstream.stop();
    }
  }

  private static ProxySettings settings(Upstream upstream, List<String> flags) {
    return ProxySettings.inFrontOf(
            List.of(
                new ProxyRoute("/service", upstream.address()),
                new ProxyRoute("/refused", Address.local(Ports.free()))))
        .withBodyLimit(2L * Upstream.BIG)
        .withJava(Path.of(System.getProperty("java.home")), flags);
  }

  /** All kinds of clients at once, until each has its last answer. */
  private static long phase(Address gateway, Duration length, double rate) throws Exception {
    OddClients odd = OddClients.start(gateway);
    LoadResult result;
    try {
      result = LoadGenerator.start(plans(gateway, length, rate)).await();
    } finally {
      odd.finish();
    }
    assertThat(result.streams())
        .allSatisfy(
            stream -> {
              assertThat(stream.failed()).as(stream.summary()).isZero();
              assertThat(stream.ok()).as(stream.name()).isPositive();
            });
    assertThat(odd.failures()).as("%s", odd.visits()).isEmpty();
    assertThat(odd.visits().values()).as("%s", odd.visits()).allMatch(count -> count.get() > 0);
    return result.streams().stream().mapToLong(StreamResult::ok).sum();
  }

  private static List<StreamPlan> plans(Address gateway, Duration length, double rate) {
    String authority = gateway.toString();
    Request get = Request.get("/service/small", authority);
    Request keyed = Request.postJson("/service/small", authority, "{\"item\":\"Book\"}");
    Request download = Request.get("/service/big", authority);
    byte[] body = new byte[Upstream.BIG];
    Request upload = Request.of("POST", "/service/big", authority, Map.of(), body);
    Request unknown = Request.get("/service/nothing", authority);
    Request unrouted = Request.get("/elsewhere", authority);
    Request refused = Request.get("/refused", authority);
    InetSocketAddress address = new InetSocketAddress(gateway.host(), gateway.port());
    RequestSource keys = number -> keyed.plus("Idempotency-Key", UUID.randomUUID().toString());
    StreamPlan first =
        rate > 0
            ? StreamPlan.open("get", address, rate, length, n -> get)
            : StreamPlan.closed("get", address, CONNECTIONS, length, n -> get);
    return Stream.of(
            first,
            StreamPlan.open("keyed post", address, 50, length, keys),
            StreamPlan.open("download", address, 5, length, n -> download),
            StreamPlan.open("upload", address, 5, length, n -> upload),
            StreamPlan.open("unknown", address, 10, length, n -> unknown)
                .withExpected(status -> status == 404),
            StreamPlan.open("unrouted", address, 10, length, n -> unrouted)
                .withExpected(status -> status == 404),
            StreamPlan.open("refused", address, 10, length, n -> refused)
                .withExpected(status -> status == 502 || status == 503))
        .map(plan -> plan.withTimes(TIMEOUT, TIMEOUT).withConnections(CONNECTIONS))
        .toList();
  }
}
