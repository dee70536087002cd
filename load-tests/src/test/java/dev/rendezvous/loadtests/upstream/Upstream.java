package dev.rendezvous.loadtests.upstream;

import dev.rendezvous.loadtests.proxy.Address;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * A service with every kind of answer that a gateway has to pass on, all below {@code /service}:
 * {@code small}, {@code big}, {@code huge}, {@code events}, {@code socket}, {@code sum} (of a body)
 * and {@code blocks?N}.
 */
public final class Upstream {
  /** Bytes of {@code big}. */
  public static final int BIG = 1 << 20;

  /** Bytes of {@code huge}. */
  public static final int HUGE = 4 << 20;

  /** How many {@code events} sends. */
  public static final int EVENTS = 5;

  private static final long EVENT_MILLIS = 20;
  private static final long PATIENCE_SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server =
      vertx
          .createHttpServer(new HttpServerOptions().setAcceptBacklog(4096))
          .requestHandler(this::answer)
          .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage));

  private Upstream() {}

  /** Serves on a free port. */
  public static Upstream start() throws Exception {
    Upstream upstream = new Upstream();
    await(upstream.server.listen(0, "127.0.0.1"));
    return upstream;
  }

  /** Where it serves. */
  public Address address() {
    return Address.local(server.actualPort());
  }

  /** Ends its connections, too; nothing where that was done before. */
  public void stop() throws Exception {
    await(vertx.close());
  }

  private static void await(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    switch (request.path()) {
      case "/service/small", "/service/big" -> {
        if (request.method().equals(HttpMethod.POST)) {
          request.body().onSuccess(body -> response.end("{\"bytes\":" + body.length() + "}"));
        } else {
          response.end(Buffer.buffer(new byte[request.path().endsWith("big") ? BIG : 100]));
        }
      }
      case "/service/huge" -> {
        response.setChunked(true);
        send(response, 0, HUGE / Blocks.SIZE);
      }
      case "/service/sum" -> {
        CRC32C sum = new CRC32C();
        request.handler(piece -> sum.update(piece.getBytes()));
        request.endHandler(end -> response.end(Long.toHexString(sum.getValue())));
      }
      case "/service/blocks" -> {
        long blocks = Long.parseLong(request.query());
        response.putHeader("Content-Length", String.valueOf(blocks * Blocks.SIZE));
        send(response, 0, blocks);
      }
      case "/service/events" -> {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream");
        event(response, 1);
      }
      default -> response.setStatusCode(404).end("{}");
    }
  }

  /** Waits for whoever reads slowly. */
  private static void send(HttpServerResponse response, long from, long to) {
    response.drainHandler(null); // one call for each time that it was full
    long next = from;
    while (next < to && !response.writeQueueFull()) {
      response.write(Buffer.buffer(Blocks.block(next)));
      next++;
    }
    if (next == to) {
      response.end();
    } else {
      long rest = next;
      response.drainHandler(drained -> send(response, rest, to));
    }
  }

  private void event(HttpServerResponse response, int number) {
    if (response.closed()) {
      return;
    }
    response.write("data: " + number + "\n\n");
    if (number == EVENTS) {
      response.end();
    } else {
      vertx.setTimer(EVENT_MILLIS, fired -> event(response, number + 1));
    }
  }
}
