package dev.rendezvous.loadtests.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that answers what a test tells it to, byte for byte. */
final class ScriptedServer implements AutoCloseable {
  /** Says what to do with one request. */
  interface Script {
    void answer(Received request, Socket client) throws Exception;
  }

  record Received(String head, String body) {}

  private static final Pattern LENGTH = Pattern.compile("Content-Length: ([0-9]+)");

  private final ServerSocket listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final Script script;
  final List<Received> received = new CopyOnWriteArrayList<>();

  ScriptedServer(Script script) throws IOException {
    this.script = script;
    threads.execute(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  int accepted() {
    return clients.size();
  }

  static void write(Socket client, String bytes) throws IOException {
    client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    client.getOutputStream().flush();
  }

  static Script always(String response) {
    return (request, client) -> write(client, response);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        clients.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      while (true) {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          int next = in.read();
          if (next < 0) {
            return;
          }
          head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
        Received request =
            new Received(head.toString(), new String(in.readNBytes(size), ISO_8859_1));
        received.add(request);
        script.answer(request, client);
      }
    } catch (Exception closed) {
      // The client went, or the test is over.
    }
  }
}
