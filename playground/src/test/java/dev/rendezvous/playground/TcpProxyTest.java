package dev.rendezvous.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TcpProxyTest {

  @Test
  void passesBytesBothWays() throws IOException {
    try (ServerSocket server = echo();
        TcpProxy proxy = TcpProxy.listen(0, server::getLocalPort);
        Socket client = connect(proxy)) {
      assertThat(answer(client)).isEqualTo('a');
    }
  }

  @Test
  void holdsAnswersBackOnOpenConnectionsToo() throws IOException {
    try (ServerSocket server = echo();
        TcpProxy proxy = TcpProxy.listen(0, server::getLocalPort);
        Socket client = connect(proxy)) {
      assertThat(answer(client)).isEqualTo('a');
      proxy.latency(Duration.ofMillis(150));
      long start = System.nanoTime();
      assertThat(answer(client)).isEqualTo('a');
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(150L, 1_500L);
    }
  }

  @Test
  void resetsTheClientWhenNothingIsBehindIt() throws IOException {
    int nobody = Ports.free();
    try (TcpProxy proxy = TcpProxy.listen(0, () -> nobody);
        Socket client = connect(proxy)) {
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aCleanEndArrivesAsOne() throws IOException {
    try (ServerSocket server = echo();
        TcpProxy proxy = TcpProxy.listen(0, server::getLocalPort);
        Socket client = connect(proxy)) {
      assertThat(answer(client)).isEqualTo('a');
      client.shutdownOutput();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void closingEndsItsConnectionsAndFreesItsPort() throws IOException {
    try (ServerSocket server = echo()) {
      TcpProxy proxy = TcpProxy.listen(0, server::getLocalPort);
      int port = proxy.port();
      try (Socket client = connect(proxy)) {
        assertThat(answer(client)).isEqualTo('a');
        proxy.close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      TcpProxy.listen(port, server::getLocalPort).close();
    }
  }

  private static Socket connect(TcpProxy proxy) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static int answer(Socket client) throws IOException {
    client.getOutputStream().write('a');
    return client.getInputStream().read();
  }

  /** Sends back what it gets, until the client ends. */
  private static ServerSocket echo() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              try (Socket client = server.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
              } catch (IOException closed) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }
}
