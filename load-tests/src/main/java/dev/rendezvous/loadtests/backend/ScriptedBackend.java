package dev.rendezvous.loadtests.backend;

import dev.rendezvous.loadtests.proxy.Address;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A service on a free port of the loopback address. The id in a request, in its path as {@code
 * /case/ID} or in a field {@code Case: ID}, chooses the script; without one, or without a script,
 * the answer is a plain 200.
 */
public final class ScriptedBackend implements Closeable {
  private static final Pattern ID = Pattern.compile("(?i)(?:/case/|case: ?)([a-z0-9-]+)");
  private static final int BACKLOG = 1024;

  private static final Script PLAIN =
      Script.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

  private final List<ServerSocket> listening;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Map<String, List<ReceivedRequest>> received = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private ScriptedBackend(List<ServerSocket> listening) {
    this.listening = listening;
  }

  /** Listens on so many ports; a proxy's connections to one are never used for another. */
  public static ScriptedBackend start(int ports) throws IOException {
    var listening = new ArrayList<ServerSocket>();
    for (var i = 0; i < ports; i++) {
      listening.add(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    }
    var backend = new ScriptedBackend(List.copyOf(listening));
    listening.forEach(socket -> daemon(() -> backend.accept(socket)));
    return backend;
  }

  /** One of its addresses, counted from 0. */
  public Address address(int number) {
    return Address.local(listening.get(number).getLocalPort());
  }

  /** Requests with this id are served by this script from now on. */
  public void script(String id, Script script) {
    scripts.put(id, script);
  }

  /** The requests with this id so far. */
  public List<ReceivedRequest> received(String id) {
    return List.copyOf(received.getOrDefault(id, List.of()));
  }

  private void accept(ServerSocket port) {
    while (!port.isClosed()) {
      try {
        var socket = port.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    ReceivedRequest request = null;
    try (socket) {
      socket.setTcpNoDelay(true);
      var connection = new BackendConnection(socket);
      for (var uses = 0; !connection.isClosed(); uses++) {
        var head = connection.readHead();
        if (head == null) {
          return;
        }
        request = note(head, uses);
        scripts.getOrDefault(id(head), PLAIN).serve(request, connection);
      }
    } catch (IOException gone) {
      if (request != null) {
        request.abandoned();
      }
    } finally {
      open.remove(socket);
    }
  }

  private ReceivedRequest note(String head, int uses) {
    var sameId = received.computeIfAbsent(id(head), id -> new CopyOnWriteArrayList<>());
    synchronized (sameId) {
      var request = new ReceivedRequest(head, sameId.size() + 1, uses);
      sameId.add(request);
      return request;
    }
  }

  private static String id(String head) {
    var matcher = ID.matcher(head);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "backend");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes no more connections and closes those that are open. */
  @Override
  public void close() throws IOException {
    for (var port : listening) {
      port.close();
    }
    for (var socket : open) {
      socket.close();
    }
  }
}
