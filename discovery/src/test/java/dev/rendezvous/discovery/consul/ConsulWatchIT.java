package dev.rendezvous.discovery.consul;

import static dev.rendezvous.discovery.testing.Await.figure;
import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.registry.HostPort;
import dev.rendezvous.discovery.testing.Await;
import dev.rendezvous.discovery.testing.FakeConsul;
import dev.rendezvous.discovery.testing.FakeConsul.Asked;
import dev.rendezvous.discovery.testing.RecordedNews;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of blocking queries, against a server that breaks them on purpose. */
class ConsulWatchIT {

  private static final Duration SOON = Duration.ofSeconds(3);

  private final Vertx vertx = Vertx.vertx();
  private final RecordedNews news = new RecordedNews();

  private ConsulWatch watch;

  @AfterEach
  void close() {
    result(watch.close());
    result(vertx.close());
  }

  private FakeConsul watched(BiConsumer<HttpServerRequest, Integer> behaviour) {
    return watchedBy(news, behaviour);
  }

  private FakeConsul watchedBy(
      RecordedNews listener, BiConsumer<HttpServerRequest, Integer> behaviour) {
    FakeConsul consul = new FakeConsul(vertx, behaviour);
    watch = watch(consul);
    vertx.runOnContext(
        ignored -> {
          watch.start(listener);
          watch.watch("s");
        });
    return consul;
  }

  private ConsulWatch watch(FakeConsul consul) {
    HostPort agent = new HostPort("127.0.0.1", consul.port());
    return new ConsulWatch(
        vertx, new ConsulTarget(agent, false, "east", "secret", null), System::nanoTime);
  }

  @Test
  void asksForHealthyInstancesAndWaitsForTheNextIndex() {
    FakeConsul consul =
        watched(
            (request, number) -> {
              assertThat(request.getHeader("X-Consul-Token")).isEqualTo("secret");
              if (number <= 2) {
                FakeConsul.answer(request, String.valueOf(40 + number), number);
              }
            });
    until("asked three times", SOON, () -> consul.asked().size() == 3);
    assertThat(consul.asked())
        .extracting(Asked::uri)
        .containsExactly(
            "/v1/health/service/s?passing&stale&dc=east",
            "/v1/health/service/s?passing&stale&dc=east&index=41&wait=75s",
            "/v1/health/service/s?passing&stale&dc=east&index=42&wait=75s");
    assertThat(news.ports()).containsExactly(2);
    assertThat(news.news()).extracting(ServiceNews::index).containsExactly(41L, 42L);
  }

  @Test
  void startsOverWhenTheIndexGoesBackwards() {
    FakeConsul consul =
        watched(
            (request, number) -> {
              switch (number) {
                case 1 -> FakeConsul.answer(request, "1000", 1);
                case 2, 3 -> FakeConsul.answer(request, "12", 2);
                default -> {}
              }
            });
    until("asked again", SOON, () -> consul.asked().size() == 4);
    assertThat(consul.asked())
        .extracting(asked -> asked.parameter("index"))
        .containsExactly("", "1000", "", "12");
    assertThat(news.ports()).containsExactly(2);
  }

  @Test
  void neverAsksWithAnIndexBelowOne() {
    FakeConsul consul =
        watched(
            (request, number) -> {
              if (number == 1) {
                FakeConsul.answer(request, "0", 1);
              }
            });
    until("asked again", SOON, () -> consul.asked().size() == 2);
    assertThat(consul.asked().get(1).parameter("index")).isEqualTo("1");
  }

  @Test
  void startsOverAfterAnyErrorAndKeepsTheOldNews() {
    FakeConsul consul =
        watched(
            (request, number) -> {
              switch (number) {
                case 1 -> FakeConsul.answer(request, "7", 1);
                case 2 -> request.response().setStatusCode(500).end("No cluster leader");
                case 3 -> FakeConsul.respond(request, "8").end("[{\"Node\":");
                case 4 -> request.connection().close();
                case 5 -> request.response().end("[]"); // no Consul at all
                case 6 -> FakeConsul.answer(request, "9", 2);
                default -> {}
              }
            });
    until("recovered", Duration.ofSeconds(6), () -> consul.asked().size() == 7);
    assertThat(consul.asked())
        .extracting(asked -> asked.parameter("index"))
        .containsExactly("", "7", "", "", "", "", "9");
    assertThat(news.news()).hasSize(2);
    assertThat(news.ports()).containsExactly(2);
    assertThat(news.failures()).hasSize(4);
    assertThat(news.failures().get(0)).endsWith("answered 500: No cluster leader");
  }

  @Test
  void aHangInTheMiddleOfAnAnswerEndsAfterFiveSeconds() {
    FakeConsul consul =
        watched(
            (request, number) -> {
              if (number == 1) {
                FakeConsul.respond(request, "7").setChunked(true).write("[{\"Node\":");
              } else if (number == 2) {
                FakeConsul.answer(request, "7", 1);
              }
            });
    Duration took = until("asked again", Duration.ofSeconds(8), () -> !news.news().isEmpty());
    figure("answer that stops in the middle: given up after ms", took.toMillis());
    assertThat(consul.asked()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aFloodOfChangesIsFetchedTenTimesASecondAndTheLastIsSeen() {
    int[] changes = {0};
    FakeConsul consul =
        watched(
            (request, number) -> {
              changes[0]++;
              FakeConsul.answer(request, String.valueOf(changes[0]), changes[0]);
            });
    until("news", SOON, () -> !news.news().isEmpty());
    int before = consul.asked().size();
    Await.holds("it floods", Duration.ofSeconds(2), () -> true);
    double rate = (consul.asked().size() - before) / 2.0;
    figure("flood of changes: fetches a second", rate);
    assertThat(rate).isBetween(6.0, 10.5);
    List<Asked> asked = consul.asked();
    for (int i = 1; i < asked.size(); i++) {
      assertThat(asked.get(i).nanos() - asked.get(i - 1).nanos()).isGreaterThan(80_000_000L);
    }
  }

  @Test
  void aListenerThatThrowsDoesNotEndTheWatch() {
    RecordedNews thrower =
        new RecordedNews() {
          @Override
          public void heard(ServiceNews update) {
            super.heard(update);
            throw new IllegalStateException("on purpose");
          }
        };
    watchedBy(
        thrower,
        (request, number) -> {
          if (number <= 3) {
            FakeConsul.answer(request, String.valueOf(number), number);
          }
        });
    until("third news", SOON, () -> thrower.news().size() == 3);
  }

  @Test
  void closingCancelsTheQueryAndAsksNoMore() {
    boolean[] cut = {false};
    FakeConsul consul =
        new FakeConsul(
            vertx, (request, number) -> request.connection().closeHandler(v -> cut[0] = true));
    watch = watch(consul);
    vertx.runOnContext(
        ignored -> {
          watch.start(news);
          watch.watch("s");
        });
    until("asked", SOON, () -> consul.asked().size() == 1);
    vertx.runOnContext(ignored -> watch.close());
    until("cut", SOON, () -> cut[0]);
    Await.holds("quiet", Duration.ofMillis(600), () -> consul.asked().size() == 1);
    assertThat(news.failures()).isEmpty();
  }
}
