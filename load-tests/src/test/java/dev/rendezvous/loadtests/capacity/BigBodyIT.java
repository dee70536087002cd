package dev.rendezvous.loadtests.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.proxy.ProxyName;
import dev.rendezvous.loadtests.proxy.ProxySettings;
import dev.rendezvous.loadtests.proxy.RunningProxy;
import dev.rendezvous.loadtests.upstream.Blocks;
import dev.rendezvous.loadtests.upstream.Upstream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are many times larger than the gateway's memory pass it whole. */
@Timeout(300)
class BigBodyIT {
  private static final long MIB = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void bodiesLargerThanItsHeapPassTheGateway() throws Exception {
    upAndDown(192 * MIB);
  }

  @Test
  @Tag("long")
  void oneGibibyteUpAndDownPassesTheGateway() throws Exception {
    upAndDown(1024 * MIB);
  }

  private static void upAndDown(long bytes) throws Exception {
    long blocks = bytes / Blocks.SIZE;
    String expected = Blocks.checksum(blocks);
    Upstream upstream = Upstream.start();
    ProxySettings settings =
        ProxySettings.inFrontOf(upstream.address())
            .withBodyLimit(bytes)
            .withTimes(Duration.ofSeconds(10), PATIENCE)
            .withJava(Path.of(System.getProperty("java.home")), List.of("-Xmx64m"));
    try (RunningProxy gateway = RunningProxy.start(ProxyName.RENDEZVOUS, settings)) {
      String base = "http://" + gateway.address() + "/service/";
      HttpClient client = HttpClient.newHttpClient();
      long begun = System.nanoTime();
      HttpRequest up =
          HttpRequest.newBuilder(URI.create(base + "sum"))
              .timeout(PATIENCE)
              .POST(
                  BodyPublishers.fromPublisher(
                      BodyPublishers.ofInputStream(() -> Blocks.stream(blocks)), bytes))
              .build();
      assertThat(client.send(up, BodyHandlers.ofString()).body()).isEqualTo(expected);
      long between = System.nanoTime();

      HttpRequest down =
          HttpRequest.newBuilder(URI.create(base + "blocks?" + blocks)).timeout(PATIENCE).build();
      CRC32C sum = new CRC32C();
      try (InputStream in = client.send(down, BodyHandlers.ofInputStream()).body()) {
        byte[] piece = new byte[Blocks.SIZE];
        for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
          sum.update(piece, 0, size);
        }
      }
      assertThat(Long.toHexString(sum.getValue())).isEqualTo(expected);
      System.out.printf(
          "%d MiB through a gateway with -Xmx64m: up %.1f s, down %.1f s, CRC32C %s both ways%n",
          bytes / MIB, (between - begun) / 1e9, (System.nanoTime() - between) / 1e9, expected);
    } finally {
      upstream.stop();
    }
  }
}
