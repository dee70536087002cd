package dev.rendezvous.chassis.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineWriterTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void everyLineIsWrittenInItsOrderBeforeTheStopReturns() {
    var output = new ByteArrayOutputStream();
    var writer = started(output);

    IntStream.range(0, 10_000).forEach(i -> writer.doAppend(event("line " + i + "\n")));
    writer.stop();

    assertThat(output.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(IntStream.range(0, 10_000).mapToObj(i -> "line " + i).toList());
    assertThat(writer.lost()).isZero();
  }

  @Test
  void aLineWaitsForNoOther() throws InterruptedException {
    var written = new CountDownLatch(1);
    var writer =
        started(
            new OutputStream() {
              @Override
              public void write(int b) {
                written.countDown();
              }
            });

    writer.doAppend(event("alone\n"));

    written.await();
    writer.stop();
  }

  @Test
  void whoLogsDoesNotWaitForAReaderThatTakesNothing() throws InterruptedException {
    var reading = new CountDownLatch(1);
    var writing = new CountDownLatch(1);
    var writer =
        started(
            new OutputStream() {
              @Override
              public void write(int b) {
                writing.countDown();
                try {
                  reading.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    writer.doAppend(event("first\n"));
    writing.await();

    var line = event("x".repeat(1_000_000) + "\n");
    IntStream.range(0, 10).forEach(i -> writer.doAppend(line));

    assertThat(writer.lost()).isEqualTo(6);
    reading.countDown();
    writer.stop();
  }

  private LineWriter started(OutputStream output) {
    var writer =
        new LineWriter(
            new LayoutBase<>() {
              @Override
              public String doLayout(ILoggingEvent event) {
                return event.getMessage();
              }
            },
            () -> output);
    writer.setContext(context);
    writer.start();
    return writer;
  }

  private LoggingEvent event(String message) {
    return new LoggingEvent("", context.getLogger("x"), Level.INFO, message, null, null);
  }
}
