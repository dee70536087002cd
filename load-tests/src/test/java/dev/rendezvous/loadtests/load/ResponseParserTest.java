package dev.rendezvous.loadtests.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {

  private final ResponseParser parser = new ResponseParser();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nT: 1\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
      })
  void anAnswerIsTheSameInWhateverPieces(String bytes) throws ProtocolException {
    for (int piece = 1; piece <= bytes.length(); piece++) {
      parser.expect(false, true);
      for (int from = 0; from < bytes.length(); from += piece) {
        String part = bytes.substring(from, Math.min(bytes.length(), from + piece));
        boolean complete = parser.parse(buffer(part));
        assertThat(complete).isEqualTo(from + piece >= bytes.length());
      }
      assertThat(parser.status()).isEqualTo(200);
      assertThat(parser.keepAlive()).isTrue();
      assertThat(parser.body()).asString().isEqualTo("hello");
    }
  }

  @Test
  void aBodyWithoutLengthEndsWithTheConnection() throws ProtocolException {
    parser.expect(false, false);
    assertThat(parser.parse(buffer("HTTP/1.1 200 OK\r\n\r\nhel"))).isFalse();
    assertThat(parser.parse(buffer("lo"))).isFalse();
    assertThat(parser.endsByClose()).isTrue();
    assertThat(parser.bodyBytes()).isEqualTo(5);
    assertThat(parser.keepAlive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n"
      })
  void someAnswersHaveNoBody(String bytes) throws ProtocolException {
    parser.expect(false, false);
    assertThat(parser.parse(buffer(bytes))).isTrue();
  }

  @Test
  void theAnswerToHeadHasNoBody() throws ProtocolException {
    parser.expect(true, false);
    assertThat(parser.parse(buffer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"))).isTrue();
  }

  @Test
  void theConnectionIsNotUsedAgainAfterClose() throws ProtocolException {
    parser.expect(false, false);
    parser.parse(buffer("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n"));
    assertThat(parser.keepAlive()).isFalse();
    parser.expect(false, false);
    parser.parse(buffer("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"));
    assertThat(parser.keepAlive()).isFalse();
  }

  @Test
  void whatFollowsStaysInTheBuffer() throws ProtocolException {
    parser.expect(false, false);
    ByteBuffer bytes = buffer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP");
    assertThat(parser.parse(bytes)).isTrue();
    assertThat(bytes.remaining()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ICY 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: five\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      })
  void nonsenseIsRefused(String bytes) {
    parser.expect(false, false);
    assertThatThrownBy(() -> parser.parse(buffer(bytes))).isInstanceOf(ProtocolException.class);
  }

  private static ByteBuffer buffer(String bytes) {
    return ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
  }
}
