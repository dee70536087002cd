package dev.rendezvous.loadtests.wire;

import dev.rendezvous.loadtests.proxy.Address;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One connection to a proxy. What comes back is read at once in the background, so that no proxy
 * waits for the client; texts hold one byte a character.
 */
public final class RawClient implements Closeable {
  private static final int CONNECT_MILLISECONDS = 5_000;

  private final Format format;
  private final Socket socket = new Socket();
  private final StringBuilder received = new StringBuilder();
  private boolean ended;
  private boolean toHead;

  /** How what comes back is cut into answers. */
  @FunctionalInterface
  public interface Format {
    /** RFC 9112. */
    Format HTTP_1 = AnswerReader::read;

    /** RFC 9113. */
    Format HTTP_2 = (text, ended, toHead) -> Http2Reader.read(text);

    /**
     * Reads as many answers as there are; the last may be incomplete.
     *
     * @param ended whether nothing more will come
     * @param toHead whether the requests were HEAD, so that no answer has a body
     */
    List<Answer> read(String text, boolean ended, boolean toHead);
  }

  /** Connects. */
  public RawClient(Address proxy, Format format) throws IOException {
    this.format = format;
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), CONNECT_MILLISECONDS);
    var reader = new Thread(this::read, "client");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    var buffer = new byte[16 * 1024];
    try {
      var in = socket.getInputStream();
      int count;
      while ((count = in.read(buffer)) >= 0) {
        add(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException reset) {
      // An end like any other: what had come is there.
    } finally {
      end();
    }
  }

  private synchronized void add(String text) {
    received.append(text);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Writes these characters; a peer that has closed already is no failure of the client. */
  public void send(String bytes) {
    try {
      toHead |= bytes.startsWith("HEAD ");
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException refused) {
      end();
    }
  }

  /** Says that nothing more will be sent, and goes on reading. */
  public void endSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Whether the peer has ended the connection. */
  public synchronized boolean isEnded() {
    return ended;
  }

  /** Everything that has come. */
  public synchronized String received() {
    return received.toString();
  }

  /** The answers so far, interim ones included; the last may be incomplete. */
  public synchronized List<Answer> answers() {
    return format.read(received.toString(), ended, toHead);
  }

  /** Waits until there are so many complete final answers, or the end, or no patience. */
  public boolean awaitAnswers(int count, Duration patience) {
    return await(() -> ended || completeAnswers() >= count, patience);
  }

  /** Waits until this text has come, or the end, or no patience. */
  public boolean awaitText(String text, Duration patience) {
    return await(() -> ended || received.indexOf(text) >= 0, patience);
  }

  private long completeAnswers() {
    return answers().stream().filter(answer -> answer.complete() && !answer.isInterim()).count();
  }

  private synchronized boolean await(BooleanSupplier condition, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        var left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Goes away in good order. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
