package dev.rendezvous.discovery.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A small service with its health port, that can stop, hang, be slow or answer wrongly. */
public final class TestInstance implements AutoCloseable {

  private final Vertx vertx;
  private final String service;
  private final String host;
  private final int port;
  private final int managementPort;
  private final AtomicInteger served = new AtomicInteger();
  private volatile int status = 200;
  private volatile int readiness = 200;
  private volatile int delayMillis;
  private volatile boolean silent;
  private @Nullable HttpServer server;
  private @Nullable HttpServer management;

  private TestInstance(Vertx vertx, String service, String host, int port, int managementPort) {
    this.vertx = vertx;
    this.service = service;
    this.host = host;
    this.port = port;
    this.managementPort = managementPort;
    start();
  }

  public static TestInstance started(Vertx vertx, String service) {
    var ports = ConsulProcess.freePorts(2);
    return new TestInstance(vertx, service, "127.0.0.1", ports.get(0), ports.get(1));
  }

  public static TestInstance at(Vertx vertx, String service, String host, int port) {
    return new TestInstance(vertx, service, host, port, ConsulProcess.freePorts(1).get(0));
  }

  public void start() {
    server = Await.result(vertx.createHttpServer().requestHandler(this::serve).listen(port, host));
    management =
        Await.result(
            vertx
                .createHttpServer()
                .requestHandler(request -> ready(request))
                .listen(managementPort, host));
  }

  private void serve(HttpServerRequest request) {
    served.incrementAndGet();
    if (silent) {
      return;
    }
    String meant = request.getHeader("Rendezvous-Service");
    int answer = meant != null && !meant.equals(service) ? 421 : status;
    if (delayMillis > 0) {
      vertx.setTimer(delayMillis, id -> request.response().setStatusCode(answer).end(service));
    } else {
      request.response().setStatusCode(answer).end(service);
    }
  }

  private void ready(HttpServerRequest request) {
    if (!silent) {
      request.response().setStatusCode(readiness).end();
    }
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  public int managementPort() {
    return managementPort;
  }

  public int served() {
    return served.get();
  }

  public void answers(int newStatus) {
    status = newStatus;
  }

  public void readiness(int newStatus) {
    readiness = newStatus;
  }

  public void delay(int millis) {
    delayMillis = millis;
  }

  /** Accepts requests and never answers, as a stopped process does. */
  public void silent(boolean on) {
    silent = on;
  }

  /** Cuts every connection; its ports refuse from now on. */
  public void stop() {
    if (server != null && management != null) {
      Await.result(server.close());
      Await.result(management.close());
      server = null;
      management = null;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
