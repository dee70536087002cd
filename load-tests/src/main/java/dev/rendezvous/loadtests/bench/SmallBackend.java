package dev.rendezvous.loadtests.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rendezvous.loadtests.proxy.Address;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A backend where there is no nginx: a thread a connection, answers made once, chunks refused. */
final class SmallBackend implements Backend {
  private static final int BACKLOG = 4096;
  private static final int LONGEST_HEAD = 16 * 1024;

  private final ServerSocket listener =
      new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Map<String, byte[]> answers = new TreeMap<>();

  private SmallBackend(long seed) throws IOException {
    for (Payload payload : Payload.values()) {
      answers.put(payload.path(), answer(payload.json(seed)));
    }
    answers.put("/post", answer("{\"ok\":true}"));
  }

  static SmallBackend start(long seed) throws IOException {
    SmallBackend backend = new SmallBackend(seed);
    run(backend::accept);
    return backend;
  }

  @Override
  public Address address() {
    return Address.local(listener.getLocalPort());
  }

  @Override
  public String description() {
    return "our own small server (there is no nginx here)";
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }

  private static byte[] answer(String json) {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    return (head + json.length() + "\r\n\r\n" + json).getBytes(ISO_8859_1);
  }

  private static void run(Runnable what) {
    Thread thread = new Thread(what, "backend");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        clients.add(client);
        run(() -> serve(client));
      }
    } catch (IOException closed) {
      // The end of the run.
    }
  }

  private void serve(Socket client) {
    try (client;
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream()) {
      client.setTcpNoDelay(true);
      while (true) {
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        in.skipNBytes(length(head));
        byte[] known = answers.get(head.substring(0, head.indexOf('\n')).split(" ", 3)[1]);
        out.write(known == null ? "HTTP/1.1 404 No\r\n\r\n".getBytes(ISO_8859_1) : known);
        if (known == null) {
          return;
        }
      }
    } catch (IOException | RuntimeException gone) {
      // The client has left, or does not speak as ours do: the loader counts what it misses.
    } finally {
      clients.remove(client);
    }
  }

  private static String head(InputStream in) throws IOException {
    byte[] head = new byte[LONGEST_HEAD];
    int size = 0;
    while (size < head.length) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head[size++] = (byte) next;
      if (next == '\n' && size >= 4 && head[size - 3] == '\n') {
        return new String(head, 0, size, ISO_8859_1);
      }
    }
    throw new IOException("a head over " + LONGEST_HEAD + " bytes");
  }

  private static long length(String head) throws IOException {
    long length = 0;
    for (String line : head.toLowerCase(Locale.ROOT).split("\r\n", -1)) {
      if (line.startsWith("content-length:")) {
        length = Long.parseLong(line.substring(line.indexOf(':') + 1).trim());
      } else if (line.startsWith("transfer-encoding:")) {
        throw new IOException("a body without a length");
      }
    }
    return length;
  }
}
