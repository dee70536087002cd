package dev.rendezvous.loadtests.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * One HTTP/1.1 request as the bytes that go over the wire, built once and sent as often as wanted.
 */
public final class Request {
  /** Above this size the copy that the JDK makes of a buffer on the heap is dearer than memory. */
  private static final int DIRECT_ABOVE = 8192;

  private final String method;
  private final String target;
  private final byte[] head;
  private final byte[] body;
  private final ByteBuffer bytes;

  private Request(String method, String target, byte[] head, byte[] body) {
    this.method = method;
    this.target = target;
    this.head = head;
    this.body = body;
    int size = head.length + 2 + body.length;
    ByteBuffer buffer =
        size > DIRECT_ABOVE ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    this.bytes =
        buffer.put(head).put((byte) '\r').put((byte) '\n').put(body).flip().asReadOnlyBuffer();
  }

  /**
   * Any request.
   *
   * @param authority what {@code Host} says, such as {@code 127.0.0.1:8080}
   * @param headers sent as they are; {@code Content-Length} is added where there is a body
   * @throws IllegalArgumentException for a line break in any of them
   */
  public static Request of(
      String method, String target, String authority, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder(method).append(' ').append(target);
    head.append(" HTTP/1.1\r\n").append(line("Host", authority));
    headers.forEach((name, value) -> head.append(line(name, value)));
    if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
      head.append(line("Content-Length", String.valueOf(body.length)));
    }
    return new Request(method, target, head.toString().getBytes(ISO_8859_1), body);
  }

  /** A GET without headers of its own. */
  public static Request get(String target, String authority) {
    return of("GET", target, authority, Map.of(), new byte[0]);
  }

  /** A POST of JSON text. */
  public static Request postJson(String target, String authority, String json) {
    Map<String, String> headers = Map.of("Content-Type", "application/json");
    return of("POST", target, authority, headers, json.getBytes(UTF_8));
  }

  /** The same request with one header more; for an {@code Idempotency-Key} a request. */
  public Request plus(String header, String value) {
    byte[] line = line(header, value).getBytes(ISO_8859_1);
    byte[] longer = new byte[head.length + line.length];
    System.arraycopy(head, 0, longer, 0, head.length);
    System.arraycopy(line, 0, longer, head.length, line.length);
    return new Request(method, target, longer, body);
  }

  public String method() {
    return method;
  }

  public String target() {
    return target;
  }

  /** A view of its own over the shared bytes. */
  ByteBuffer bytes() {
    return bytes.duplicate();
  }

  private static String line(String name, String value) {
    String line = name + ": " + value;
    if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line break in a header: " + name);
    }
    return line + "\r\n";
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
