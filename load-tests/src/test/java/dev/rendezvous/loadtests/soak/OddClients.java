package dev.rendezvous.loadtests.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rendezvous.loadtests.proxy.Address;
import dev.rendezvous.loadtests.upstream.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that do not simply ask and read; one thread a kind, again and again until the stop. */
final class OddClients {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MESSAGES = 20;
  private static final String OK = "HTTP/1.1 200";
  private static final int SIP = 32 * 1024;
  private static final long PAUSE_MILLIS = 2;

  /** Between visits: what is looked for is what a visit leaves behind, not a flood. */
  private static final long REST_MILLIS = 20;

  /** One visit of one client. */
  private interface Visit {
    void make() throws Exception;
  }

  private final Address gateway;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Map<String, AtomicLong> visits = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private OddClients(Address gateway) {
    this.gateway = gateway;
  }

  static OddClients start(Address gateway) {
    OddClients clients = new OddClients(gateway);
    clients.repeat("slow reader", clients::readSlowly);
    clients.repeat("gone while it reads", clients::leaveInMidAnswer);
    clients.repeat("gone while it sends", clients::leaveInMidBody);
    clients.repeat("web socket", clients::talk);
    clients.repeat("events", clients::listen);
    return clients;
  }

  Map<String, AtomicLong> visits() {
    return visits;
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Lets each finish its visit. */
  void finish() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join(2 * PATIENCE.toMillis());
    }
  }

  private void repeat(String kind, Visit visit) {
    AtomicLong count = visits.computeIfAbsent(kind, first -> new AtomicLong());
    Thread thread =
        new Thread(
            () -> {
              while (!stopped) {
                try {
                  visit.make();
                  count.incrementAndGet();
                  TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
                } catch (Exception failed) {
                  failures.add(kind + " after " + count + " visits: " + failed);
                  return;
                }
              }
            },
            kind);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private void readSlowly() throws Exception {
    try (Socket socket = ask("GET /service/huge", "Connection: close\r\n\r\n")) {
      InputStream in = socket.getInputStream();
      byte[] sip = new byte[SIP];
      long total = 0;
      for (int size = in.read(sip); size >= 0; size = in.read(sip)) {
        total += size;
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // what makes it a slow one
      }
      if (total < Upstream.HUGE) {
        throw new IOException("only " + total + " bytes");
      }
    }
  }

  private void leaveInMidAnswer() throws Exception {
    try (Socket socket = ask("GET /service/huge", "\r\n")) {
      byte[] head = socket.getInputStream().readNBytes(OK.length());
      if (!new String(head, ISO_8859_1).equals(OK)) {
        throw new IOException("answered " + new String(head, ISO_8859_1));
      }
      socket.getInputStream().readNBytes(SIP);
      socket.setSoLinger(true, 0); // the end is a reset
    }
  }

  private void leaveInMidBody() throws Exception {
    try (Socket socket = ask("POST /service/big", "Content-Length: 1000000\r\n\r\n")) {
      socket.getOutputStream().write(new byte[SIP]);
      socket.getOutputStream().flush();
      socket.setSoLinger(true, 0);
    }
  }

  private void talk() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            heard.add(text.toString());
            socket.request(1);
            return null;
          }

          @Override
          public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            heard.add("closed " + status);
            return null;
          }
        };
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://" + gateway + "/service/socket"), listener)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    for (int i = 0; i < MESSAGES; i++) {
      socket.sendText("message " + i, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      expect("message " + i, heard);
    }
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    expect("closed " + WebSocket.NORMAL_CLOSURE, heard);
  }

  private static void expect(String what, BlockingQueue<String> heard) throws Exception {
    String word = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!what.equals(word)) {
      throw new IOException(what + " expected, heard " + word);
    }
  }

  private void listen() throws Exception {
    try (Socket socket = ask("GET /service/events", "Connection: close\r\n\r\n")) {
      String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      long events = all.lines().filter(line -> line.startsWith("data: ")).count();
      if (events != Upstream.EVENTS) {
        throw new IOException(events + " events: " + all);
      }
    }
  }

  private Socket ask(String line, String rest) throws IOException {
    Socket socket = new Socket(gateway.host(), gateway.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    String head = line + " HTTP/1.1\r\nHost: " + gateway + "\r\n" + rest;
    socket.getOutputStream().write(head.getBytes(ISO_8859_1));
    return socket;
  }
}
