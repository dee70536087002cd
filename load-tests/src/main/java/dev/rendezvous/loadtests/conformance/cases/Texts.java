package dev.rendezvous.loadtests.conformance.cases;

/** Requests and answers as bytes. */
final class Texts {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** A second request, hidden where only a proxy that reads lengths otherwise would find it. */
  static final String SMUGGLED = "GET {path}/smuggled HTTP/1.1\r\nHost: shop.test\r\n\r\n";

  private Texts() {}

  /** Lines with their ends, and the empty line. */
  static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  /** A GET with these fields besides Host. */
  static String get(String... fields) {
    return request("GET", fields);
  }

  /** A request without a body, with these fields besides Host. */
  static String request(String method, String... fields) {
    return method
        + " {path} HTTP/1.1\r\nHost: shop.test\r\n"
        + (fields.length == 0 ? "\r\n" : lines(fields));
  }

  /** A POST with these fields besides Host, none of which is added. */
  static String post(String body, String... fields) {
    return request("POST", fields) + body;
  }

  /** An answer with these lines after its status line, and a body. */
  static String answer(String status, String body, String... fields) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n")
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
