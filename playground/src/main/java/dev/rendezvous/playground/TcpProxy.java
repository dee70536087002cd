package dev.rendezvous.playground;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Stands before a port and holds back each piece of what comes from it, so that a service is slow
 * without knowing it.
 *
 * <p>A service that is not there resets the client's connection; it does not refuse it, so a drill
 * of refused connections must not use a proxy.
 */
final class TcpProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final IntSupplier target;
  private final Thread acceptor;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Duration latency = Duration.ZERO;

  private TcpProxy(ServerSocket listener, IntSupplier target) {
    this.listener = listener;
    this.target = target;
    this.acceptor = thread("accept", this::accept);
  }

  /**
   * @param port where it listens on the loopback address; 0 is any
   * @param target the port behind it, asked for each connection
   */
  static TcpProxy listen(int port, IntSupplier target) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 511);
      TcpProxy proxy = new TcpProxy(listener, target);
      proxy.acceptor.start();
      return proxy;
    } catch (IOException e) {
      throw new StartFailure("port " + port + " is in use; a proxy wants it", e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on, for open connections too. */
  void latency(Duration added) {
    latency = added;
  }

  /** Once this returns the port is free. */
  @Override
  public void close() {
    quietly(listener);
    open.forEach(TcpProxy::quietly);
    try {
      acceptor.join(1_000); // the kernel lets the port go when nobody waits on it any more
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        thread("connect", () -> connect(client)).start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    try {
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()), 1_000);
      if (listener.isClosed()) {
        throw new IOException("closed meanwhile");
      }
    } catch (IOException notThere) {
      reset(client);
      reset(server);
      return;
    }
    AtomicInteger streams = new AtomicInteger(2);
    thread("answers", () -> pump(server, client, () -> latency, streams)).start();
    pump(client, server, () -> Duration.ZERO, streams);
  }

  private void pump(Socket from, Socket to, Supplier<Duration> delay, AtomicInteger streams) {
    try {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      byte[] piece = new byte[16 * 1024];
      for (int length = input.read(piece); length >= 0; length = input.read(piece)) {
        Thread.sleep(delay.get().toMillis());
        output.write(piece, 0, length);
      }
      to.shutdownOutput();
      if (streams.decrementAndGet() == 0) {
        forget(from);
        forget(to);
      }
    } catch (IOException broken) {
      reset(from);
      reset(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What breaks behind the proxy breaks before it; a clean end would look like an answer's. */
  private void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closedAlready) {
      // Then there is nothing to reset.
    }
    forget(socket);
  }

  private void forget(Socket socket) {
    quietly(socket);
    open.remove(socket);
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, "proxy-" + name);
    thread.setDaemon(true);
    return thread;
  }

  private static void quietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException closedAlready) {
      // It is closed, which is what was wanted.
    }
  }
}
