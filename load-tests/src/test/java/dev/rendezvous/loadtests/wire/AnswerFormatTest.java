package dev.rendezvous.loadtests.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerFormatTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  @Test
  void aLengthEndsAnAnswer() {
    var answers = http1(HEAD + "Content-Length: 2\r\n\r\nokHTTP/1.1 204 No Content\r\n\r\n");
    assertThat(answers).extracting(Answer::status).containsExactly(200, 204);
    assertThat(answers.get(0).body()).isEqualTo("ok");
    assertThat(answers).allMatch(Answer::complete);
  }

  @Test
  void whatIsCutOffIsNotComplete() {
    assertThat(http1(HEAD + "Content-Length: 9\r\n\r\nok").get(0).complete()).isFalse();
    assertThat(http1(HEAD + "Transfer-Encoding: chunked\r\n\r\n9\r\nok").get(0).complete())
        .isFalse();
    assertThat(http1(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n").get(0).complete())
        .isFalse();
  }

  @Test
  void chunksMayHaveExtensionsAndTrailers() {
    var answer =
        http1(HEAD + "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX-Sum: 4\r\n\r\n")
            .get(0);
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(answer.trailerFields("x-sum")).containsExactly("4");
    assertThat(answer.complete()).isTrue();
  }

  @Test
  void withoutLengthTheEndOfTheConnectionEndsAnAnswer() {
    assertThat(RawClient.Format.HTTP_1.read(HEAD + "\r\nok", false, false).get(0).complete())
        .isFalse();
    assertThat(RawClient.Format.HTTP_1.read(HEAD + "\r\nok", true, false).get(0).complete())
        .isTrue();
  }

  @Test
  void newsOnTheWayAreNoAnswer() {
    var answers = http1("HTTP/1.1 103 Early Hints\r\n\r\n" + HEAD + "Content-Length: 0\r\n\r\n");
    assertThat(answers).extracting(Answer::isInterim).containsExactly(true, false);
  }

  @Test
  void framesBecomeAnswersInTheOrderOfTheirStreams() {
    var answers =
        RawClient.Format.HTTP_2.read(
            Http2Frames.headers(3, true, ":status", "404")
                + Http2Frames.headers(1, false, ":status", "200", "x-a", "b")
                + Http2Frames.data(1, true, "ok"),
            false,
            false);
    assertThat(answers).extracting(Answer::status).containsExactly(200, 404);
    assertThat(answers.get(0).fields("x-a")).containsExactly("b");
    assertThat(answers.get(0).body()).isEqualTo("ok");
    assertThat(answers).allMatch(Answer::complete);
  }

  @Test
  void aStreamThatIsTakenBackHasNoAnswer() {
    var answers = RawClient.Format.HTTP_2.read(Http2Frames.cancel(1), false, false);
    assertThat(answers).singleElement().matches(Answer::isReset);
  }

  @Test
  void aBodyThatDoesNotReachItsLengthIsNotComplete() {
    var frames =
        Http2Frames.headers(1, false, ":status", "200", "content-length", "9")
            + Http2Frames.data(1, true, "ok");
    assertThat(RawClient.Format.HTTP_2.read(frames, false, false).get(0).complete()).isFalse();
  }

  private static List<Answer> http1(String text) {
    return RawClient.Format.HTTP_1.read(text, false, false);
  }
}
