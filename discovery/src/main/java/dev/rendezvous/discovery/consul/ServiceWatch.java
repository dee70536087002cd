package dev.rendezvous.discovery.consul;

import dev.rendezvous.discovery.consul.ConsulHttp.Versioned;
import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.registry.Source.Listener;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one service by blocking queries, one at a time.
 *
 * <p>Consul holds the query until the list changes, so news arrives within milliseconds and a quiet
 * service costs less than one request a minute.
 */
final class ServiceWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceWatch.class);

  /** Above a minute, for the sake of the agents; not much, to notice a connection that died. */
  private static final Duration WAIT = Duration.ofSeconds(75);

  /** Consul adds up to a sixteenth of the wait, so that clients do not come back together. */
  private static final Duration PATIENCE = WAIT.plus(WAIT.dividedBy(16)).plusSeconds(5);

  private static final Duration PATIENCE_WITHOUT_WAIT = Duration.ofSeconds(5);

  /** At most ten fetches a second, and so no change is seen later than this. */
  private static final long SPACING_NANOS = Duration.ofMillis(100).toNanos();

  private final Vertx vertx;
  private final ConsulHttp consul;
  private final String service;
  private final String uri;
  private final Listener listener;
  private final LongSupplier nanos;
  private final BlockingIndex index = new BlockingIndex();
  private final Backoff backoff = new Backoff(limit -> ThreadLocalRandom.current().nextLong(limit));
  private long asked;
  private boolean closed;

  ServiceWatch(
      Vertx vertx,
      ConsulHttp consul,
      String service,
      String datacenter,
      Listener listener,
      LongSupplier nanos) {
    this.vertx = vertx;
    this.consul = consul;
    this.service = service;
    this.listener = listener;
    this.nanos = nanos;
    this.uri =
        "/v1/health/service/"
            + URLEncoder.encode(service, StandardCharsets.UTF_8)
            + "?passing&stale"
            + (datacenter.isEmpty() ? "" : "&dc=" + datacenter);
  }

  void poll() {
    if (closed) {
      return;
    }
    asked = nanos.getAsLong();
    long from = index.value();
    String query = from == 0 ? uri : uri + "&index=" + from + "&wait=" + WAIT.toSeconds() + "s";
    consul
        .get(query, from == 0 ? PATIENCE_WITHOUT_WAIT : PATIENCE)
        .onComplete(this::answered, this::failed);
  }

  private void answered(Versioned answer) {
    if (closed) {
      return;
    }
    ServiceNews news;
    long told;
    try {
      told = told(answer);
      news =
          new ServiceNews(
              service, HealthEntries.parse(service, answer.body()), "consul", told, Instant.now());
    } catch (IOException | RuntimeException e) {
      failed(e);
      return;
    }
    backoff.reset();
    if (index.advance(told)) {
      tell(news);
    }
    pollIn(asked + SPACING_NANOS - nanos.getAsLong());
  }

  private static long told(Versioned answer) throws IOException {
    String text = answer.index();
    if (text == null || !text.matches("[0-9]{1,18}")) {
      throw new IOException("an answer without X-Consul-Index: is this a Consul agent?");
    }
    return Long.parseLong(text);
  }

  /** Whoever listens must not be able to end the watch. */
  private void tell(ServiceNews news) {
    try {
      listener.heard(news);
    } catch (RuntimeException e) {
      LOG.error("{}: news could not be used", service, e);
    }
  }

  private void failed(Throwable cause) {
    if (closed) {
      return;
    }
    index.reset();
    listener.failed(service, cause);
    pollIn(Duration.ofMillis(backoff.next()).toNanos());
  }

  private void pollIn(long delayNanos) {
    long millis = (delayNanos + 999_999) / 1_000_000;
    if (millis < 1) {
      poll();
    } else {
      vertx.setTimer(millis, id -> poll());
    }
  }

  void close() {
    closed = true;
  }
}
