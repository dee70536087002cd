package dev.rendezvous.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A service behind the gateway that does as each test wants, and remembers what it was sent. */
final class Upstream implements AutoCloseable {
  private final ServerSocket server = new ServerSocket();
  private final Script script;
  private final BlockingQueue<Peer.Message> received = new LinkedBlockingQueue<>();
  private final Set<Peer> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  /** What is done with one connection, from its first byte on. */
  @FunctionalInterface
  interface Script {
    void run(Upstream upstream, Peer gateway) throws Exception;
  }

  /** What is answered to one request; null breaks the connection off. */
  @FunctionalInterface
  interface Answers {
    String to(Peer.Message request) throws Exception;
  }

  private Upstream(int port, Script script) throws IOException {
    this.script = script;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    start("accept", this::accept);
  }

  static Upstream scripted(Script script) throws IOException {
    return new Upstream(0, script);
  }

  /** Answers each request on a connection that is kept. */
  static Upstream answering(Answers answers) throws IOException {
    return answeringAt(0, answers);
  }

  static Upstream answeringAt(int port, Answers answers) throws IOException {
    return new Upstream(
        port,
        (upstream, gateway) -> {
          for (var answer = ""; answer != null; ) {
            answer = answers.to(upstream.read(gateway));
            if (answer != null) {
              gateway.write(answer);
            }
          }
        });
  }

  /** Answers everything with 200 and this text. */
  static Upstream saying(String text) throws IOException {
    return answering(request -> ok(text));
  }

  static String ok(String text) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
  }

  /** Reads a request and remembers it. */
  Peer.Message read(Peer gateway) throws IOException {
    var request = gateway.readRequest();
    received.add(request);
    return request;
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      var peer = new Peer(server.accept());
      open.add(peer);
      start(
          "connection",
          () -> {
            try (peer) {
              // A check of the gateway connects and says nothing.
              if (peer.begins()) {
                connections.incrementAndGet();
                script.run(this, peer);
              }
            } finally {
              open.remove(peer);
            }
          });
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void start(String name, Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Exception endOfConnection) {
                // Tests look at what arrived; how a connection ended is part of what they provoke.
              }
            },
            "upstream-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** The next request, waited for. */
  Peer.Message next() throws InterruptedException {
    var request = received.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  /** How many requests came that {@link #next} has not taken. */
  int waiting() {
    return received.size();
  }

  /** Forgets what was sent. */
  void forget() {
    received.clear();
  }

  int connections() {
    return connections.get();
  }

  /** A port at which nobody listens. */
  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var peer : open) {
      peer.close();
    }
  }
}
